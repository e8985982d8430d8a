package io.jeton.server.domain;

/** How a key signs, by its name in RFC 7518 section 3.1. */
public enum Algorithm {
  HS256,
  HS512,
  ES256,
  RS256;

  /** Whether whoever can verify can also sign: then there is no public key. */
  public boolean isSymmetric() {
    return this == HS256 || this == HS512;
  }
}
