package io.jeton.server.domain;

/**
 * What a token's secret can be made again from. Immutable, as long as nobody writes to the arrays.
 */
public sealed interface SecretSource {
  /** Header and claims of a JSON Web Token, which the key that signed it signs again. */
  record Signed(byte[] content) implements SecretSource {}

  /** The secret, encrypted under the key ring. */
  record Sealed(byte[] secret) implements SecretSource {}
}
