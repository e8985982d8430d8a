package io.jeton.server.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a password's hash as it was imported: tells whether an import brings that hash
 * again, also when it has been replaced since. Immutable.
 *
 * @param hex in hexadecimal
 */
public record ImportedHash(String hex) {
  /** What stands for a hash. */
  public static ImportedHash of(Secret hash) {
    try {
      byte[] text = hash.reveal().getBytes(StandardCharsets.UTF_8);
      return of(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads the 32 bytes that {@link #bytes()} gave. */
  public static ImportedHash of(byte[] bytes) {
    return new ImportedHash(HexFormat.of().formatHex(bytes));
  }

  /** A new array of the 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
