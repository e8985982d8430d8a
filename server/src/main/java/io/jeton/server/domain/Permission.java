package io.jeton.server.domain;

/** One thing that a caller can be allowed to do in a realm. */
public enum Permission {
  VERIFY(1),
  ISSUE(2),
  REVOKE(4),
  LIST(8),
  /** Everything in the realm; for all realms, the callers too. */
  ADMIN(16),
  /** To have passwords checked. */
  LOGIN(32),
  /** To be told secrets again. */
  REVEAL(64);

  private final int bit;

  Permission(int bit) {
    this.bit = bit;
  }

  /** The bit that stands for it in the store. */
  int bit() {
    return bit;
  }
}
