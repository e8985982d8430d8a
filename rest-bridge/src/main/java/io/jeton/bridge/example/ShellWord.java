package io.jeton.bridge.example;

import java.util.Locale;
import java.util.regex.Pattern;

/** A text as one word of a shell command. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{([a-z_]+)\\}\\}");

  private ShellWord() {}

  static String of(String text) {
    if (REFERENCE.matcher(text).find()) {
      String quoted = text.replaceAll("[\\\\\"$`]", "\\\\$0");
      return '"'
          + REFERENCE.matcher(quoted).replaceAll(found -> "\\$" + variable(found.group(1)))
          + '"';
    }
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The variable that stands for a captured name. */
  static String variable(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
