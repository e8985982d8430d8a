package io.jeton.server.domain;

import java.util.Optional;

/**
 * What names an account within its realm: 1 to 2<sup>53</sup>−1, so that a client may keep it as a
 * JSON number. In decimal it is the subject of the account's tokens.
 */
public record AccountId(long value) {
  public AccountId {
    if (value < 1 || value > TokenId.MAX) {
      throw new IllegalArgumentException("not an account id");
    }
  }

  /** Reads the decimal form without leading zeros; empty when it is not one. */
  public static Optional<AccountId> parse(String text) {
    return text.startsWith("0")
        ? Optional.empty()
        : TokenId.parse(text).map(id -> new AccountId(id.value()));
  }

  /** The subject of its tokens. */
  public String subject() {
    return Long.toString(value);
  }

  @Override
  public String toString() {
    return subject();
  }
}
