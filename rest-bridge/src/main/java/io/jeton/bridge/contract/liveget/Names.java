package io.jeton.bridge.contract.liveget;

import java.text.Normalizer;

/** Names of sub-modules, of which two that differ in case or in width only are the same. */
final class Names {
  private Names() {}

  static boolean isSame(String name, String other) {
    return name.equals(other) || fold(name).equals(fold(other));
  }

  /** The key of a name, as the core folds it. */
  private static String fold(String text) {
    String before = text;
    String folded = foldOnce(text);
    while (!folded.equals(before)) {
      before = folded;
      folded = foldOnce(folded);
    }
    return folded;
  }

  private static String foldOnce(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .map(each -> Character.toLowerCase(Character.toUpperCase(each)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
