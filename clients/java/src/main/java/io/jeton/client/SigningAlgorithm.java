package io.jeton.client;

/** How a key signs, by its name in RFC 7518 section 3.1. */
public enum SigningAlgorithm {
  /** HMAC with SHA-256. */
  HS256,
  /** HMAC with SHA-512. */
  HS512,
  /** ECDSA with P-256 and SHA-256. */
  ES256,
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256,
  /** An algorithm that this client is too old to know. No key can be made for it. */
  OTHER
}
