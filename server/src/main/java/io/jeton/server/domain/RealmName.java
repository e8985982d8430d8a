package io.jeton.server.domain;

import java.util.regex.Pattern;

/** The name of a realm: lower-case letters, digits and inner hyphens, 1 to 63. */
public record RealmName(String value) {
  private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The realm of a request that names none. */
  public static final RealmName DEFAULT = new RealmName("default");

  public RealmName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a realm name");
    }
  }

  /** Whether a text can be the name of a realm. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
