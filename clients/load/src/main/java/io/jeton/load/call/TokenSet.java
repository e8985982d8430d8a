package io.jeton.load.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The secrets of the tokens that calls are made with, one after the other in one array: a million
 * take 52 MB. All have one length. Not thread-safe.
 */
public final class TokenSet implements Secrets {
  private static final int SUBJECTS = 100_000;

  private final int size;
  private byte[] secrets = {};
  private int secretBytes;

  /** A set of tokens that are yet to be issued. */
  public TokenSet(int size) {
    this.size = size;
  }

  /** Tokens that nobody issued, as long as Jeton's own, for a server that takes any. */
  public static TokenSet madeUp(int size) {
    var tokens = new TokenSet(size);
    try {
      for (int token = 0; token < size; token++) {
        tokens.put(token, "jt_%049d".formatted(token).getBytes(US_ASCII));
      }
    } catch (IOException e) {
      throw new AssertionError("they have one length", e);
    }
    return tokens;
  }

  @Override
  public int size() {
    return size;
  }

  /** The number in the subject of a token, which is {@code u0} to {@code u99999}. */
  public static int subjectOf(int token) {
    return token % SUBJECTS;
  }

  @Override
  public int secretBytes() {
    return secretBytes;
  }

  /** Keeps the secret of a token. */
  public void put(int token, byte[] secret) throws IOException {
    if (secretBytes == 0) {
      secretBytes = secret.length;
      secrets = new byte[Math.multiplyExact(size, secretBytes)];
    }
    if (secret.length != secretBytes) {
      throw new IOException("secrets of different lengths");
    }
    System.arraycopy(secret, 0, secrets, token * secretBytes, secretBytes);
  }

  @Override
  public void write(int token, ByteBuffer out) {
    out.put(secrets, token * secretBytes, secretBytes);
  }
}
