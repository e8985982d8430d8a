package io.jeton.bridge.contract.lanying;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What pushes to a device are addressed with: always the same for an application, a user and a
 * device, and to be computed by nobody who lacks the application's push secret.
 */
final class PushTokens {
  private static final String ALGORITHM = "HmacSHA256";

  private PushTokens() {}

  /** The push token of a user's device: 64 hexadecimal characters. */
  static String of(String pushSecret, String user, String device) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(pushSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      update(mac, user);
      update(mac, device);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each text with its length before it, so that no two pairs of texts are the same bytes. */
  private static void update(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    mac.update(bytes);
  }
}
