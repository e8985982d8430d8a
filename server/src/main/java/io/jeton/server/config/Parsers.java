package io.jeton.server.config;

import io.jeton.server.domain.RealmName;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts of settings; a wrong one is an IllegalArgumentException. */
final class Parsers {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}) ?([A-Za-z]+)");
  private static final Map<String, ChronoUnit> TIMES =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);
  private static final Map<String, Integer> SIZES = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

  private Parsers() {}

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  static JetonConfig.ClientAuth clientAuth(String text) {
    return switch (text) {
      case "none" -> JetonConfig.ClientAuth.NONE;
      case "wanted" -> JetonConfig.ClientAuth.WANTED;
      case "required" -> JetonConfig.ClientAuth.REQUIRED;
      default -> throw new IllegalArgumentException();
    };
  }

  /** One of an enum's values, in lower case. */
  static <E extends Enum<E>> Function<String, E> word(Class<E> values) {
    return text ->
        Arrays.stream(values.getEnumConstants())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(IllegalArgumentException::new);
  }

  static Function<String, Integer> wholeNumber(int least, int most) {
    return text -> {
      int value = Integer.parseInt(text);
      if (value < least || value > most) {
        throw new IllegalArgumentException();
      }
      return value;
    };
  }

  static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      Matcher matcher = AMOUNT.matcher(text);
      ChronoUnit unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
      if (unit == null) {
        throw new IllegalArgumentException();
      }
      Duration value;
      try {
        value = Duration.of(Long.parseLong(matcher.group(1)), unit);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(e);
      }
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException();
      }
      return value;
    };
  }

  static Function<String, Long> size(long least) {
    return text -> {
      Matcher matcher = AMOUNT.matcher(text);
      Integer shift = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
      if (shift == null || Long.parseLong(matcher.group(1)) > Long.MAX_VALUE >> shift) {
        throw new IllegalArgumentException();
      }
      long value = Long.parseLong(matcher.group(1)) << shift;
      if (value < least) {
        throw new IllegalArgumentException();
      }
      return value;
    };
  }

  /** A size, or a share of what there is, such as {@code 40%}. */
  static Function<String, Long> sizeOrShare(long least, long whole) {
    return text -> {
      if (!text.endsWith("%")) {
        return size(least).apply(text);
      }
      int percent = wholeNumber(1, 90).apply(text.substring(0, text.length() - 1));
      return Math.max(least, whole / 100 * percent);
    };
  }

  static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static <T> Function<String, Optional<T>> optional(Function<String, T> parser) {
    return text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text));
  }

  static List<RealmName> realms(String text) {
    List<RealmName> names =
        Arrays.stream(text.split(",", -1)).map(String::strip).map(RealmName::new).toList();
    if (new LinkedHashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException();
    }
    return names;
  }

  /** Texts as they are written; whoever needs them knows what they mean. */
  static List<String> texts(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }
}
