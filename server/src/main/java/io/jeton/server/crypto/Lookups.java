package io.jeton.server.crypto;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.RealmName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes what secrets are found by.
 *
 * <p>A token's lookup is SHA-256 over its realm's name, the scope in which it is unique and the
 * SHA-256 of its secret, the first two preceded by their length in two bytes. A secret known only
 * by its SHA-256 can so be looked up too. Safe for use by several threads; never blocks.
 */
public final class Lookups {
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every Java has SHA-256", e);
            }
          });

  private Lookups() {}

  /** The lookup of a token that is unique in its whole realm. */
  public static Lookup ofToken(RealmName realm, String secret) {
    MessageDigest digest = SHA_256.get();
    byte[] secretDigest = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    byte[] name = realm.value().getBytes(StandardCharsets.ISO_8859_1);
    digest.update((byte) 0);
    digest.update((byte) name.length);
    digest.update(name);
    // No scope within the realm: a length of zero.
    digest.update((byte) 0);
    digest.update((byte) 0);
    digest.update(secretDigest);
    return Lookup.of(digest.digest());
  }

  /** The lookup of a service key: its SHA-256. */
  public static Lookup ofServiceKey(String key) {
    return Lookup.of(SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}
