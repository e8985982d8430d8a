package io.jeton.server.domain;

import java.util.Optional;

/**
 * What names a token within the service: 1 to 2<sup>53</sup>−1, so that a client may keep it as a
 * JSON number.
 */
public record TokenId(long value) implements Comparable<TokenId> {
  public static final long MAX = (1L << 53) - 1;

  public TokenId {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException("not a token id");
    }
  }

  /** Reads the decimal form; empty when it is not one. */
  public static Optional<TokenId> parse(String text) {
    if (text.isEmpty() || text.length() > 16 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    long value = Long.parseLong(text);
    return value < 1 || value > MAX ? Optional.empty() : Optional.of(new TokenId(value));
  }

  @Override
  public int compareTo(TokenId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
