package io.jeton.server.cli;

import io.jeton.server.crypto.TokenFormat;
import java.util.regex.Pattern;

/**
 * What a text looks like, judged without asking anybody.
 *
 * @param format one word for it
 * @param description a sentence for people
 * @param isLookedUp whether a server could have a token with it
 */
record Appearance(String format, String description, boolean isLookedUp) {
  private static final String BROKEN = "_broken";
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
  private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){16,64}");

  static Appearance of(String text) {
    return switch (TokenFormat.shapeOf(text)) {
      case OPAQUE -> new Appearance("opaque", "a Jeton token, checksum good", true);
      case OPAQUE_BROKEN ->
          new Appearance(
              "opaque" + BROKEN, "damaged: begins like a Jeton token, checksum bad", false);
      case SERVICE_KEY ->
          new Appearance("service_key", "a Jeton service key, checksum good", false);
      case SERVICE_KEY_BROKEN ->
          new Appearance(
              "service_key" + BROKEN,
              "damaged: begins like a Jeton service key, checksum bad",
              false);
      case OTHER -> other(text);
    };
  }

  boolean isBroken() {
    return format.endsWith(BROKEN);
  }

  private static Appearance other(String text) {
    if (JWT.matcher(text).matches()) {
      return new Appearance("jwt", "has the shape of a JWT", true);
    }
    if (HEX.matcher(text).matches()) {
      return new Appearance("hex", text.length() + " hexadecimal characters", true);
    }
    return new Appearance(
        "other", text.codePointCount(0, text.length()) + " characters of no known format", true);
  }
}
