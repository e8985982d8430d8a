package io.jeton.bridge.contract.thinksns;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The named values of a query or a body. Of values with the same name the last counts. A name can
 * be there without a text: its value is an array, an object or a boolean. Immutable.
 */
final class Fields {
  static final Fields NONE = new Fields(Map.of());

  private final Map<String, Optional<String>> values;

  private Fields(Map<String, Optional<String>> values) {
    this.values = values;
  }

  /** Whether a name is there, with a text or without. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The text of a name as it was sent; empty if it has none or an empty one. */
  Optional<String> raw(String name) {
    return values.getOrDefault(name, Optional.empty()).filter(text -> !text.isEmpty());
  }

  /** The text of a name without white space around it; empty if nothing is left. */
  Optional<String> trimmed(String name) {
    return raw(name).map(Fields::trim).filter(text -> !text.isEmpty());
  }

  /** What PHP's {@code trim} takes away: space, tab, line feed, return, NUL and vertical tab. */
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char letter) {
    return letter == ' '
        || letter == '\t'
        || letter == '\n'
        || letter == '\r'
        || letter == '\0'
        || letter == '\u000b';
  }

  /** Collects fields in the order in which they were sent. For one thread. */
  static final class Builder {
    private final Map<String, Optional<String>> values = new HashMap<>();

    /**
     * Adds a field of a form or query. A name in PHP's array notation, such as {@code a[]}, stands
     * for an array.
     */
    void addNamed(String name, String value) {
      int bracket = name.indexOf('[');
      if (bracket > 0 && name.indexOf(']', bracket) > 0) {
        add(name.substring(0, bracket), null);
      } else {
        add(name, value);
      }
    }

    /** Adds a field; without a value it is one that is no text. */
    void add(String name, @Nullable String value) {
      values.put(name, Optional.ofNullable(value));
    }

    Fields build() {
      return values.isEmpty() ? NONE : new Fields(Map.copyOf(values));
    }
  }
}
