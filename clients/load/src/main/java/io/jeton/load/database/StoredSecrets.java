package io.jeton.load.database;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jeton.load.call.Secrets;
import io.jeton.load.call.TokenSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The secrets of the rows that {@link StoredRows} writes: a number after a word, as long as Jeton's
 * own, so that none need be kept. Not thread-safe.
 */
public final class StoredSecrets implements Secrets {
  static final String WORD = "bench-";
  static final int DIGITS = 46;

  /** Realm {@code default} and no scope of uniqueness, each after its length in two bytes. */
  private static final byte[] PLACE = "\0\7default\0\0".getBytes(US_ASCII);

  private final MessageDigest sha256;
  private final int size;

  /** The first so many. */
  public StoredSecrets(int size) {
    this.size = size;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int secretBytes() {
    return WORD.length() + DIGITS;
  }

  @Override
  public void write(int token, ByteBuffer out) {
    int end = out.position() + secretBytes();
    out.put(WORD.getBytes(US_ASCII));
    int rest = token;
    for (int at = end - 1; at >= end - DIGITS; at--) {
      out.put(at, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    out.position(end);
  }

  /** What the server finds the token by. */
  byte[] lookup(int token) {
    ByteBuffer secret = ByteBuffer.allocate(secretBytes());
    write(token, secret);
    byte[] digest = sha256.digest(secret.array());
    sha256.update(PLACE);
    return sha256.digest(digest);
  }

  /** The subject of the row of a number. */
  static byte[] subject(long token) {
    return ("u" + TokenSet.subjectOf((int) token)).getBytes(US_ASCII);
  }
}
