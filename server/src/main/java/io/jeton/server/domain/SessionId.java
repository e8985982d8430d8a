package io.jeton.server.domain;

import java.util.Optional;

/** What names a session within the service: a positive whole number. */
public record SessionId(long value) implements Comparable<SessionId> {
  private static final int MOST_DIGITS = 18;

  public SessionId {
    if (value < 1) {
      throw new IllegalArgumentException("not a session id");
    }
  }

  /** Reads the decimal form; empty when no session can have it. */
  public static Optional<SessionId> parse(String text) {
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || text.startsWith("0")
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(new SessionId(Long.parseLong(text)));
  }

  @Override
  public int compareTo(SessionId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
