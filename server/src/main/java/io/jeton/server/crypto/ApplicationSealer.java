package io.jeton.server.crypto;

import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationStore.SealedApplication;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts the secrets of applications under the key ring, each bound to its use and to its
 * application, and opens them again. What was opened is held in memory. Safe for use by several
 * threads; never blocks.
 */
public final class ApplicationSealer {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationSealer.class);
  private static final int ACCESS_KEY_BYTES = 24;
  private static final int PUSH_SECRET_BYTES = 32;

  private final Sealer sealer;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Opened> opened = new ConcurrentHashMap<>();

  public ApplicationSealer(Sealer sealer) {
    this.sealer = sealer;
  }

  /** The secrets of an application. */
  public record Secrets(Secret accessKey, Secret pushSecret) {}

  private record Opened(byte[] accessKey, Optional<Secrets> secrets) {}

  /** A key of 32 URL-safe characters. */
  public Secret randomAccessKey() {
    return Secret.of(
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ACCESS_KEY_BYTES)));
  }

  /** A push secret of 64 hexadecimal characters. */
  public Secret randomPushSecret() {
    return Secret.of(HexFormat.of().formatHex(bytes(PUSH_SECRET_BYTES)));
  }

  public byte[] sealAccessKey(Realm realm, String appId, Secret accessKey) {
    return seal(accessKey, accessKeyContext(realm, appId));
  }

  public byte[] sealPushSecret(Realm realm, String appId, Secret pushSecret) {
    return seal(pushSecret, pushSecretContext(realm, appId));
  }

  /**
   * The secrets, or empty when they were not encrypted under this key ring for this application.
   */
  public Optional<Secrets> open(SealedApplication sealed) {
    return opened.compute(
            sealed.application().id(),
            (id, before) ->
                before != null && Arrays.equals(before.accessKey, sealed.accessKey())
                    ? before
                    : new Opened(sealed.accessKey(), decrypt(sealed)))
        .secrets;
  }

  private Optional<Secrets> decrypt(SealedApplication sealed) {
    Application application = sealed.application();
    Realm realm = application.realm();
    Optional<byte[]> accessKey =
        sealer.open(sealed.accessKey(), accessKeyContext(realm, application.appId()));
    Optional<byte[]> pushSecret =
        sealer.open(sealed.pushSecret(), pushSecretContext(realm, application.appId()));
    if (accessKey.isEmpty() || pushSecret.isEmpty()) {
      LOG.error(
          "The secrets of application {} of realm {} were not encrypted under this server's key"
              + " ring: they cannot be shown",
          application.id(),
          realm.name());
      return Optional.empty();
    }
    return Optional.of(new Secrets(text(accessKey.get()), text(pushSecret.get())));
  }

  private byte[] seal(Secret secret, byte[] context) {
    return sealer.seal(secret.reveal().getBytes(StandardCharsets.UTF_8), context);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Secret text(byte[] bytes) {
    return Secret.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static byte[] accessKeyContext(Realm realm, String appId) {
    return context("access key", realm, appId);
  }

  private static byte[] pushSecretContext(Realm realm, String appId) {
    return context("push secret", realm, appId);
  }

  private static byte[] context(String use, Realm realm, String appId) {
    return ("application " + use + " " + realm.name() + " " + appId)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
