package io.jeton.server.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON Web Token in compact form (RFC 7515 section 7.1), taken apart and not yet believed.
 *
 * <p>A text is taken apart only if it is the one way to write what it says: base64url without
 * padding and without stray bits, JSON without a name twice. So that a token that was revoked has
 * no second text.
 */
final class Jwt {
  private static final int LONGEST = 4096;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final String signed;
  private final Claims header;
  private final Claims payload;
  private final byte[] signature;

  private Jwt(String signed, Claims header, Claims payload, byte[] signature) {
    this.signed = signed;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  /** Whether a text is roughly of this form; costs next to nothing. */
  static boolean isShaped(String text) {
    if (text.length() > LONGEST || !text.startsWith("e")) {
      return false;
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 0 && second > 0 && text.indexOf('.', second + 1) < 0;
  }

  /** Takes a text apart; empty when it is no token or not the one way to write it. */
  static Optional<Jwt> parse(String text) {
    if (!isShaped(text)) {
      return Optional.empty();
    }
    int first = text.indexOf('.');
    int second = text.lastIndexOf('.');
    Optional<Claims> header = decode(text.substring(0, first)).flatMap(Claims::parse);
    Optional<Claims> payload = decode(text.substring(first + 1, second)).flatMap(Claims::parse);
    Optional<byte[]> signature = decode(text.substring(second + 1));
    return header.isEmpty() || payload.isEmpty() || signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Jwt(text.substring(0, second), header.get(), payload.get(), signature.get()));
  }

  /** What a signature is made over: header and payload, encoded. */
  static String signed(byte[] header, byte[] payload) {
    return ENCODER.encodeToString(header) + '.' + ENCODER.encodeToString(payload);
  }

  /** The compact form. */
  static String compact(String signed, byte[] signature) {
    return signed + '.' + ENCODER.encodeToString(signature);
  }

  Claims header() {
    return header;
  }

  Claims payload() {
    return payload;
  }

  byte[] signed() {
    return signed.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] signature() {
    return signature;
  }

  private static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = DECODER.decode(text);
      return ENCODER.encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
