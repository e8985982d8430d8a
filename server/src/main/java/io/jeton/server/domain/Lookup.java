package io.jeton.server.domain;

import java.nio.ByteBuffer;

/**
 * What a token is found by: a SHA-256 over its realm, its scope of uniqueness and its secret's
 * digest. It is the key of the cache and of the store, so that neither ever holds the secret.
 *
 * <p>Immutable. 32 bytes kept as four longs, because millions of them are held at once.
 */
public final class Lookup {
  /** The number of bytes. */
  public static final int LENGTH = 32;

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private Lookup(long a, long b, long c, long d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** Reads the 32 bytes that {@link #bytes()} gave. */
  public static Lookup of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a lookup has 32 bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Lookup(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** A new array of the 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lookup that && a == that.a && b == that.b && c == that.c && d == that.d;
  }

  @Override
  public int hashCode() {
    // The bytes are uniform already.
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return String.format("%016x…", a);
  }
}
