package io.jeton.server.storage.embedded;

import io.jeton.server.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The database, its user and the user's password. Immutable. */
record Credentials(Secret password) {
  static final String USER = "jeton";
  static final String DATABASE = "jeton";
  private static final int PASSWORD_BYTES = 32;

  static Credentials random() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Credentials(
        Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  /** Makes the database if it is absent, and its user with exactly these rights. */
  List<String> statements() {
    return List.of(
        "CREATE DATABASE IF NOT EXISTS `" + DATABASE + "` CHARACTER SET utf8mb4",
        "CREATE OR REPLACE USER '"
            + USER
            + "'@'127.0.0.1' IDENTIFIED BY PASSWORD '"
            + passwordHash()
            + "'",
        "GRANT ALL PRIVILEGES ON `" + DATABASE + "`.* TO '" + USER + "'@'127.0.0.1'",
        // Kept in memory, they would be written at the end, which a full disk then delays.
        "FLUSH TABLES mysql.db, mysql.global_priv");
  }

  /**
   * An option file for the {@code mariadb} command. Without {@code skip-ssl} it insists on TLS,
   * which the server, on loopback only, does not speak.
   */
  String clientFile(int port) {
    return """
        [client]
        protocol=tcp
        host=127.0.0.1
        port=%d
        user=%s
        password=%s
        loose-skip-ssl

        [mariadb-client]
        database=%s
        """
        .formatted(port, USER, password.reveal(), DATABASE);
  }

  /**
   * What {@code mysql_native_password} stores, so that the password is in no statement. SHA-1 is
   * that protocol's; the password has 256 random bits.
   */
  private String passwordHash() {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] once = sha1.digest(password.reveal().getBytes(StandardCharsets.US_ASCII));
      return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
