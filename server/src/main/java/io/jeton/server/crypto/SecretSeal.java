package io.jeton.server.crypto;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.TokenId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Encrypts what is owed to the holder of a secret under that secret, which the store does not have:
 * AES-256-GCM under a key that HKDF-SHA256 makes of the secret for one use in one row. It is as
 * strong as the secret is hard to guess. Safe for use by several threads; never blocks.
 */
public final class SecretSeal {
  private static final int KEY_LENGTH = 32;
  private static final byte[] NO_SALT = {};

  private SecretSeal() {}

  /** What is sealed in a row. */
  public enum Use {
    /** The secret of the token that a refresh secret renews. */
    PARTNER,
    /** The answer that the secret's refresh was given. */
    ANSWER
  }

  public static byte[] seal(Secret under, TokenId row, Use use, byte[] plain) {
    byte[] info = info(row, use);
    return Aead.seal(key(under, info), plain, info);
  }

  /** The text, or empty when it was not sealed under this secret for this row and use. */
  public static Optional<byte[]> open(Secret under, TokenId row, Use use, byte[] sealed) {
    byte[] info = info(row, use);
    return Aead.open(key(under, info), sealed, info);
  }

  /** Encrypts the data of the session that has this lookup under its sid. */
  public static byte[] sealSession(Secret sid, Lookup row, byte[] plain) {
    byte[] info = info(row);
    return Aead.seal(key(sid, info), plain, info);
  }

  /** The data, or empty when it was not sealed under this sid for this session. */
  public static Optional<byte[]> openSession(Secret sid, Lookup row, byte[] sealed) {
    byte[] info = info(row);
    return Aead.open(key(sid, info), sealed, info);
  }

  private static byte[] info(Lookup session) {
    return ("jeton SESSION " + HexFormat.of().formatHex(session.bytes()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] key(Secret secret, byte[] info) {
    byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    return Hkdf.expand(Hkdf.extract(NO_SALT, bytes), info, KEY_LENGTH);
  }

  private static byte[] info(TokenId row, Use use) {
    return ("jeton " + use.name() + " " + row).getBytes(StandardCharsets.US_ASCII);
  }
}
