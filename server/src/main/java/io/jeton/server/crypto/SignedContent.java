package io.jeton.server.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Header and claims of a JSON Web Token in one array, from which it can be signed again: the
 * header's length in two bytes, the header, the claims.
 */
public final class SignedContent {
  private static final int LENGTH_BYTES = 2;

  private SignedContent() {}

  /** The array of a header of at most 65535 bytes and of claims. */
  public static byte[] of(byte[] header, byte[] claims) {
    return ByteBuffer.allocate(LENGTH_BYTES + header.length + claims.length)
        .putShort((short) header.length)
        .put(header)
        .put(claims)
        .array();
  }

  /** Header and claims. */
  record Parts(byte[] header, byte[] claims) {}

  /** What an array holds; empty when it is none. */
  static Optional<Parts> parse(byte[] content) {
    if (content.length < LENGTH_BYTES) {
      return Optional.empty();
    }
    int end = LENGTH_BYTES + Short.toUnsignedInt(ByteBuffer.wrap(content).getShort());
    return end > content.length
        ? Optional.empty()
        : Optional.of(
            new Parts(
                Arrays.copyOfRange(content, LENGTH_BYTES, end),
                Arrays.copyOfRange(content, end, content.length)));
  }
}
