package io.jeton.load.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Secrets of 32 hexadecimal characters that follow from a seed, so that none need be kept: the same
 * seed and number give the same secret.
 */
public final class Codes {
  /** How many bytes each has. */
  static final int BYTES = 32;

  private final long seed;
  private final int size;

  /** So many secrets; another seed gives others. */
  public Codes(long seed, int size) {
    this.seed = seed;
    this.size = size;
  }

  public int size() {
    return size;
  }

  String code(int number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  void write(int number, ByteBuffer out) {
    out.put(code(number).getBytes(US_ASCII));
  }
}
