package io.jeton.server.crypto;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key that encrypts the key ring: 256 bits, written as 64 hexadecimal digits. It is kept
 * outside the database, so that a dump of the database alone opens nothing.
 */
public final class MasterKey {
  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the hexadecimal form, white space around it ignored.
   *
   * @throws IllegalArgumentException when it is anything else; the message does not hold the text
   */
  public static MasterKey parse(String text) {
    String digits = text.strip();
    if (digits.length() != 64 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("a master key is 64 hexadecimal digits");
    }
    return new MasterKey(HexFormat.of().parseHex(digits));
  }

  /** Reads the key of a file; makes the file, readable by its owner alone, if there is none. */
  public static MasterKey readOrCreate(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    try {
      PrivateFiles.create(file, HexFormat.of().formatHex(random) + "\n");
    } catch (FileAlreadyExistsException expected) {
      // Made at an earlier start.
    }
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** The hexadecimal form, for a backup. */
  public Secret secret() {
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "****";
  }
}
