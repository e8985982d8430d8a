package io.jeton.bridge.contract.animeloop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the website signs its session cookies with, and how: the modules "express-session" and
 * "cookie-signature" of npm. Whichever of several secrets signed a cookie, it is valid. Immutable.
 */
final class SessionSecrets {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SIGNED = "s:";
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  /** The core's limit of a sid. */
  private static final int LONGEST_SID = 1024;

  private final List<SecretKeySpec> keys;

  /**
   * These secrets.
   *
   * @param secrets each with one character at least
   */
  SessionSecrets(List<String> secrets) {
    this.keys =
        secrets.stream()
            .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /** The sid that the value of a cookie names, if one of the secrets has signed it. */
  Optional<String> sid(String value) {
    int dot = value.lastIndexOf('.');
    if (!value.startsWith(SIGNED) || dot <= SIGNED.length()) {
      return Optional.empty();
    }
    byte[] sid = value.substring(SIGNED.length(), dot).getBytes(StandardCharsets.UTF_8);
    byte[] signature = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    boolean valid =
        sid.length <= LONGEST_SID
            && keys.stream().anyMatch(key -> MessageDigest.isEqual(sign(key, sid), signature));
    return valid ? Optional.of(value.substring(SIGNED.length(), dot)) : Optional.empty();
  }

  private static byte[] sign(SecretKeySpec key, byte[] sid) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return BASE64.encode(mac.doFinal(sid));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
