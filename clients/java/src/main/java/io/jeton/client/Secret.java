package io.jeton.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be shown: a token or a service key.
 *
 * <p>Its {@link #toString()} is {@code ****}, so that it cannot reach a log or an error by
 * accident. Immutable, safe for use by several threads.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps a text. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the place that hands it to its holder. */
  public String reveal() {
    return text;
  }

  /** Compares in time that depends on the lengths alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }
}
