package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a recorded case gives to what answers hold. For one thread. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w*)(?::([\\w-]+))?\\}\\}");
  private static final Map<String, String> TYPES =
      Map.of(
          "hex32", "[0-9a-f]{32}",
          "hex64", "[0-9a-f]{64}",
          "jwt512", "[\\w-]+\\.[\\w-]+\\.[\\w-]{86}",
          "opaque", "jt_[A-Za-z0-9]+",
          "iso-ms", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z",
          "jwt", "[\\w-]+\\.[\\w-]+\\.[\\w-]{43}",
          "jti", "[A-Za-z0-9]{16}",
          "number", "\\d+",
          "uuid", "\\d{9,16}",
          "alnum24", "[A-Za-z0-9]{24}");

  private final Map<String, String> values = new LinkedHashMap<>();

  /** A text with the values in the places of their names. */
  String fill(String text) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place.group(1))));
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  /** Compares an answer with what is expected, and takes what it gives a name to. */
  void match(String what, String expected, String actual) {
    Map<String, String> taken = new LinkedHashMap<>();
    StringBuilder pattern = new StringBuilder();
    Matcher place = PLACE.matcher(expected);
    int from = 0;
    while (place.find()) {
      pattern.append(Pattern.quote(expected.substring(from, place.start())));
      String name = place.group(1);
      if (place.group(2) == null) {
        pattern.append(Pattern.quote(value(name)));
      } else {
        assertThat(TYPES).as("types of {{name:type}}").containsKey(place.group(2));
        assertThat(values).as("the name is given once").doesNotContainKey(name);
        String type = TYPES.get(place.group(2));
        if (name.isEmpty()) {
          pattern.append("(?:").append(type).append(')');
        } else {
          taken.put(name, place.group(2));
          pattern.append("(?<").append(name).append('>').append(type).append(')');
        }
      }
      from = place.end();
    }
    pattern.append(Pattern.quote(expected.substring(from)));
    Matcher matcher = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
    if (!matcher.matches()) {
      // Says both texts.
      assertThat(actual).as(what).isEqualTo(expected);
    }
    taken.keySet().forEach(name -> values.put(name, matcher.group(name)));
  }

  private String value(String name) {
    assertThat(values).as("named before").containsKey(name);
    return values.get(name);
  }
}
