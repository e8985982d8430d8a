package io.jeton.server.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time: {@code 30d}, {@code 12h}, {@code 90m}, {@code 45s} or ISO 8601. */
final class LifetimeConverter implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,12})([dhms])");

  @Override
  public Duration convert(String text) {
    try {
      Duration lifetime = parse(text);
      if (!lifetime.isZero() && !lifetime.isNegative()) {
        return lifetime;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below.
    }
    throw new TypeConversionException(
        "'" + text + "' is not a lifetime (expected: 30d, 12h, 90m, 45s or PT1H30M)");
  }

  private static Duration parse(String text) {
    Matcher m = SHORT.matcher(text);
    if (!m.matches()) {
      return Duration.parse(text);
    }
    long count = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofSeconds(count);
    };
  }
}
