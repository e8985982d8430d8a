package io.jeton.bridge.example;

import java.util.regex.Pattern;

/** A text as one word of a shell command. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Z][A-Z0-9_]*");

  private ShellWord() {}

  /** The word, in which {@code $NAME} is a variable of the shell. */
  static String of(String text) {
    if (VARIABLE.matcher(text).find()) {
      return '"' + text.replaceAll("[\\\\\"`]", "\\\\$0") + '"';
    }
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
