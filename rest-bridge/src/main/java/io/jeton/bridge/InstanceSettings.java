package io.jeton.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one contract instance, as they stand in the configuration. Every question about a
 * key answers its value or the default, or throws a {@link SettingsException} that names the key. A
 * key that nobody has asked for is refused at the end. For one thread, while the program starts.
 */
public final class InstanceSettings {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12}) ?([a-z]{1,2})");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern REALM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
  private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:]{1,255}");
  private static final int MOST_PREFIXES = 16;
  private static final Pattern REFERENCE = Pattern.compile("(env|file):.+");

  private final String key;
  private final Map<String, Object> values;
  private final UnaryOperator<String> secrets;
  private final Set<String> asked = new HashSet<>();

  /**
   * The settings of an instance.
   *
   * @param key where they stand, such as {@code contracts[0]}
   * @param secrets reads a secret by its reference, {@code env:NAME} or {@code file:PATH}
   */
  InstanceSettings(String key, Map<String, Object> values, UnaryOperator<String> secrets) {
    this.key = key;
    this.values = values;
    this.secrets = secrets;
  }

  /** Which contract it is an instance of. */
  public String contract() {
    return oneOf("contract", "", Contracts.names());
  }

  /** What it is called: the issuer of its tokens and the name of its signing keys. */
  public String name() {
    return text(
        "name",
        contract(),
        matching(NAME),
        "lower-case letters, digits, dots, hyphens and underscores, at most 63");
  }

  /** The realm whose accounts and tokens it serves. */
  public String realm() {
    return text(
        "realm",
        "default",
        matching(REALM),
        "lower-case letters, digits and inner hyphens, at most 63");
  }

  /** Scheme and authority that its clients use, if they are not those of the request. */
  public Optional<String> publicUrl() {
    String url =
        text(
            "public-url",
            "",
            each -> each.isEmpty() || URL.matcher(each).matches(),
            "a URL without path, such as https://example.org");
    return url.isEmpty() ? Optional.empty() : Optional.of(url);
  }

  /** The prefixes that its paths are mounted under. */
  List<String> prefixes(List<String> defaultValue) {
    String expected = "a list of different prefixes such as /api/v2, \"\" for the root";
    List<String> prefixes =
        texts("prefixes", defaultValue, MOST_PREFIXES, matching(PREFIX), expected);
    if (prefixes.isEmpty() || new HashSet<>(prefixes).size() != prefixes.size()) {
      throw wrong("prefixes", expected);
    }
    return prefixes;
  }

  public boolean bool(String name, boolean defaultValue) {
    Object value = value(name);
    if (value == null) {
      return defaultValue;
    }
    return switch (String.valueOf(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  public int wholeNumber(String name, int defaultValue, int least, int most) {
    Object value = value(name);
    if (value == null) {
      return defaultValue;
    }
    String expected = "a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(String.valueOf(value));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, expected);
    }
    throw wrong(name, expected);
  }

  /** A time such as {@code 10s}, {@code 5m}, {@code 2h} or {@code 30d}. */
  public Duration duration(String name, Duration defaultValue, Duration least, Duration most) {
    return duration(name, defaultValue, least, most, "");
  }

  /** A time, or a word for none. */
  public Optional<Duration> durationOr(
      String word, String name, Duration defaultValue, Duration least, Duration most) {
    return word.equals(value(name))
        ? Optional.empty()
        : Optional.of(duration(name, defaultValue, least, most, ", or " + word));
  }

  private Duration duration(
      String name, Duration defaultValue, Duration least, Duration most, String alternative) {
    Object value = value(name);
    if (value == null) {
      return defaultValue;
    }
    Matcher matcher = AMOUNT.matcher(String.valueOf(value));
    ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit != null) {
      Duration duration = unit.getDuration().multipliedBy(Long.parseLong(matcher.group(1)));
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    throw wrong(
        name,
        "a time from "
            + least.toSeconds()
            + "s to "
            + most.toDays()
            + "d, such as 10s, 5m, 2h or 30d"
            + alternative);
  }

  /** An instant such as {@code 2030-01-01T00:00:00Z}. */
  public Optional<Instant> instant(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(String.valueOf(value)));
    } catch (DateTimeParseException e) {
      throw wrong(name, "an instant in UTC, such as 2030-01-01T00:00:00Z");
    }
  }

  /** One of a few words. */
  public String oneOf(String name, String defaultValue, List<String> words) {
    return text(name, defaultValue, words::contains, String.join(" or ", words));
  }

  /** A list of at most so many valid texts. */
  public List<String> texts(
      String name, List<String> defaultValue, int most, Predicate<String> valid, String expected) {
    Object value = value(name);
    if (value == null) {
      return defaultValue;
    }
    if (!(value instanceof List<?> items) || items.size() > most) {
      throw wrong(name, expected);
    }
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text) || !valid.test(text)) {
        throw wrong(name, expected);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** A secret, in clear or as a reference. The value is in no exception. */
  public Optional<String> secret(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.isEmpty()) {
      throw wrongSecret(name, "a text, env:NAME or file:PATH");
    }
    return Optional.of(resolve(text));
  }

  /** A list of secrets, each in clear or as a reference. No value is in an exception. */
  public List<String> secrets(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    String expected = "a list of texts that are not empty, env:NAME or file:PATH";
    if (!(value instanceof List<?> items)) {
      throw wrongSecret(name, expected);
    }
    List<String> resolved = new ArrayList<>();
    for (Object item : items) {
      String secret = item instanceof String text ? resolve(text) : "";
      if (secret.isEmpty()) {
        throw wrongSecret(name, expected);
      }
      resolved.add(secret);
    }
    return List.copyOf(resolved);
  }

  /** A secret of a form, in clear or as a reference. The value is in no exception. */
  public Optional<String> secret(String name, Predicate<String> valid, String expected) {
    Optional<String> secret = secret(name);
    if (secret.isPresent() && !valid.test(secret.get())) {
      throw new SettingsException(key + "." + name + ": (expected: " + expected + ")");
    }
    return secret;
  }

  /** Refuses keys that nobody has asked for: the contract has no such settings. */
  void requireNothingElse() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new SettingsException(key + "." + name + ": " + contract() + " has no such setting");
      }
    }
  }

  /** The key in the configuration that these settings stand under. */
  String key() {
    return key;
  }

  /** A valid text. */
  public String text(String name, String defaultValue, Predicate<String> valid, String expected) {
    Object value = value(name);
    String text = value == null ? defaultValue : String.valueOf(value);
    if (!valid.test(text)) {
      throw wrong(name, expected);
    }
    return text;
  }

  private String resolve(String secret) {
    return REFERENCE.matcher(secret).matches() ? secrets.apply(secret) : secret;
  }

  /** Names the key alone. */
  private SettingsException wrongSecret(String name, String expected) {
    return new SettingsException(key + "." + name + ": (expected: " + expected + ")");
  }

  private @Nullable Object value(String name) {
    asked.add(name);
    return values.get(name);
  }

  private SettingsException wrong(String name, String expected) {
    Object value = values.get(name);
    return SettingsException.of(key + "." + name, value == null ? "" : value, expected);
  }

  private static Predicate<String> matching(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }
}
