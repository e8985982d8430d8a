package io.jeton.server.domain;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What names and e-mail addresses are compared by: their text in Unicode's form NFKC and in lower
 * case, so that two which differ in case or in width only are the same. White space counts.
 */
public final class AccountKeys {
  /** The most bytes of UTF-8 that a key may have: folding can make a text longer. */
  private static final int MOST_BYTES = 1020;

  private AccountKeys() {}

  /** The key of a name or an e-mail address. */
  public static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /** Whether the key of a text can be kept. */
  public static boolean isFoldable(String text) {
    return fold(text).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }
}
