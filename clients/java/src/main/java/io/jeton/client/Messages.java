package io.jeton.client;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Turns the protocol's messages that tokens and callers share into Java's. */
final class Messages {
  private Messages() {}

  static Instant instant(Timestamp t) {
    try {
      return Instant.ofEpochSecond(t.getSeconds(), t.getNanos());
    } catch (DateTimeException | ArithmeticException e) {
      return t.getSeconds() < 0 ? Instant.MIN : Instant.MAX;
    }
  }

  static Optional<Instant> instant(boolean isSet, Timestamp t) {
    return isSet ? Optional.of(instant(t)) : Optional.empty();
  }

  static Optional<String> nonEmpty(String s) {
    return s.isEmpty() ? Optional.empty() : Optional.of(s);
  }

  static Timestamp timestamp(Instant i) {
    return Timestamp.newBuilder().setSeconds(i.getEpochSecond()).setNanos(i.getNano()).build();
  }

  static com.google.protobuf.Duration duration(Duration d) {
    // The protocol wants both parts of one sign; Java's nanoseconds are never negative.
    boolean borrow = d.isNegative() && d.getNano() > 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(borrow ? d.getSeconds() + 1 : d.getSeconds())
        .setNanos(borrow ? d.getNano() - 1_000_000_000 : d.getNano())
        .build();
  }
}
