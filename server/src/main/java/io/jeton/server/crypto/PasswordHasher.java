package io.jeton.server.crypto;

import io.jeton.server.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes and checks password hashes: Argon2id with 19 MiB and 2 passes for new ones, and any bcrypt
 * or Argon2id within limits for those that other systems made. Safe for use by several threads;
 * hashing keeps a processor busy for tens of milliseconds.
 */
public final class PasswordHasher {
  /** Which hashes can be checked at a bearable cost, to be told to who has another. */
  public static final String LIMITS =
      "must be bcrypt of cost 4 to 16, or Argon2id of at most 256 MiB, 16 passes and 16 lanes"
          + " whose MiB times passes are at most 512";

  private static final String BCRYPT = "$2";

  private PasswordHasher() {}

  /** A new hash of a password. */
  public static Secret hash(Secret password) {
    return Secret.of(Argon2id.hash(password.reveal()));
  }

  /** Whether a text is a hash that can be checked at a bearable cost. */
  public static boolean isUsable(Secret hash) {
    return isBcrypt(hash)
        ? Bcrypt.parse(hash.reveal()).isPresent()
        : Argon2id.parse(hash.reveal()).isPresent();
  }

  /** Whether a password is the one that was hashed. */
  public static boolean matches(Secret hash, Secret password) {
    return isBcrypt(hash)
        ? Bcrypt.parse(hash.reveal()).orElseThrow().matches(password.reveal())
        : Argon2id.parse(hash.reveal()).orElseThrow().matches(password.reveal());
  }

  /**
   * Whether the hash of a password that matched is to be replaced by a new one. Not when bcrypt did
   * not look at its end: a mistake there would become part of the password.
   */
  public static boolean needsUpgrade(Secret hash, Secret password) {
    return isBcrypt(hash)
        ? password.reveal().getBytes(StandardCharsets.UTF_8).length <= Bcrypt.PASSWORD_BYTES
        : Argon2id.parse(hash.reveal()).orElseThrow().isWeak();
  }

  /**
   * A hash that costs what those of a scheme cost, and that no password is known for.
   *
   * @param scheme what precedes the salt in a hash; empty: that of our own
   */
  public static Secret standIn(Optional<String> scheme) {
    Secret standIn = Secret.of(standIn(scheme.orElse(Argon2id.SCHEME)));
    return isUsable(standIn) ? standIn : standIn(Optional.empty());
  }

  private static String standIn(String scheme) {
    return scheme.startsWith(BCRYPT) ? Bcrypt.standIn(scheme) : Argon2id.standIn(scheme);
  }

  private static boolean isBcrypt(Secret hash) {
    return hash.reveal().startsWith(BCRYPT);
  }
}
