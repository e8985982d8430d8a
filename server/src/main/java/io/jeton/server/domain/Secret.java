package io.jeton.server.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be shown: a token, a service key, a password.
 *
 * <p>Its {@link #toString()} is {@code ****}, so that it cannot reach a log or an error by
 * accident. Immutable, safe for use by several threads.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the place that sends it to its holder or computes with it. */
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
