package io.jeton.server.domain;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * What names and e-mail addresses are compared by, of accounts, modules and their parts: their text
 * in Unicode's form NFKC and, character by character, in the lower case of its upper case, so that
 * two which differ in case or in width only are the same: also where two small letters have one
 * capital, as the Greek sigmas do. White space counts.
 */
public final class NameKeys {
  /** The most bytes of UTF-8 that a key may have: folding can make a text longer. */
  private static final int MOST_BYTES = 1020;

  private NameKeys() {}

  /** The key of a name or an e-mail address. */
  public static String fold(String text) {
    String before = text;
    String folded = foldOnce(text);
    // A letter in lower case may compose with what follows: a key is its own key.
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

  /** Whether the key of a text can be kept. */
  public static boolean isFoldable(String text) {
    return fold(text).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }
}
