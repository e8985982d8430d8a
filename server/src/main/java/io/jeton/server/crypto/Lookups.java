package io.jeton.server.crypto;

import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.RealmName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
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

  private static final byte[] NO_SCOPE = {};
  private static final byte[] REFRESH_SCOPE = "refresh".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SESSION_SCOPE = "session".getBytes(StandardCharsets.US_ASCII);

  private Lookups() {}

  /** The lookup of a token that is unique in its whole realm. */
  public static Lookup ofToken(RealmName realm, String secret) {
    return lookup(realm, NO_SCOPE, secret);
  }

  /** The lookup of a token of whose secret only the SHA-256 is known. */
  public static Lookup ofTokenDigest(RealmName realm, byte[] sha256) {
    return lookup(realm, NO_SCOPE, sha256);
  }

  /** The lookup of a licence of whose secret only the SHA-256 is known. */
  public static Lookup ofLicenceDigest(
      RealmName realm, LicensedModule module, String issuer, byte[] sha256) {
    return lookup(realm, licenceScope(module, issuer), sha256);
  }

  /** The SHA-256 of a secret. */
  public static byte[] digest(String secret) {
    return SHA_256.get().digest(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The lookup of a secret that only renews a token: in a scope of its own, so that it is never
   * found as a token.
   */
  public static Lookup ofRefresh(RealmName realm, String secret) {
    return lookup(realm, REFRESH_SCOPE, secret);
  }

  /** The lookup of a session by its sid: in a scope of its own, so that it is no token. */
  public static Lookup ofSession(RealmName realm, String sid) {
    return lookup(realm, SESSION_SCOPE, sid);
  }

  /**
   * The lookup of a licence: unique among those of its sub-module and of the instance that made it.
   *
   * @param issuer the contract instance that made it; empty: it was made through gRPC
   */
  public static Lookup ofLicence(
      RealmName realm, LicensedModule module, String issuer, String secret) {
    return lookup(realm, licenceScope(module, issuer), secret);
  }

  private static byte[] licenceScope(LicensedModule module, String issuer) {
    return ("module " + module.moduleId() + ' ' + module.subModuleId() + ' ' + issuer)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Lookup lookup(RealmName realm, byte[] scope, String secret) {
    byte[] name = realm.value().getBytes(StandardCharsets.ISO_8859_1);
    // Name and scope, each with its length, and room for the secret's digest.
    byte[] whole = new byte[2 + name.length + 2 + scope.length + Lookup.LENGTH];
    whole[1] = (byte) name.length;
    System.arraycopy(name, 0, whole, 2, name.length);
    whole[3 + name.length] = (byte) scope.length;
    System.arraycopy(scope, 0, whole, 4 + name.length, scope.length);
    MessageDigest digest = SHA_256.get();
    digest.update(secret.getBytes(StandardCharsets.UTF_8));
    try {
      digest.digest(whole, whole.length - Lookup.LENGTH, Lookup.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
    return Lookup.of(digest.digest(whole));
  }

  private static Lookup lookup(RealmName realm, byte[] scope, byte[] sha256) {
    byte[] name = realm.value().getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer whole = ByteBuffer.allocate(4 + name.length + scope.length + sha256.length);
    whole.putShort((short) name.length).put(name);
    whole.putShort((short) scope.length).put(scope).put(sha256);
    return Lookup.of(SHA_256.get().digest(whole.array()));
  }

  /** The lookup of a service key: its SHA-256. */
  public static Lookup ofServiceKey(String key) {
    return Lookup.of(SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}
