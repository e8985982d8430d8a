package io.jeton.client;

/** What the secret of a token to be issued looks like. */
public sealed interface TokenFormat {

  /** {@code jt_} and 49 letters and digits, which carry 256 random bits and a checksum. */
  record Opaque() implements TokenFormat {}

  /**
   * Random lower-case hexadecimal characters.
   *
   * @param length how many, an even number from 32 to 128; 0 leaves it to the server, which makes
   *     32
   */
  record Hex(int length) implements TokenFormat {}

  /**
   * A secret that the caller chose, such as a licence code. It is only as hard to guess as it was
   * chosen.
   *
   * @param code the secret
   */
  record Supplied(Secret code) implements TokenFormat {}
}
