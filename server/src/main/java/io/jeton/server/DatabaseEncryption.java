package io.jeton.server;

import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.JetonConfig.TlsMode;
import io.jeton.server.storage.mysql.DatabaseTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** Decides how an external database is spoken to: never in clear beyond this machine unasked. */
final class DatabaseEncryption {
  private DatabaseEncryption() {}

  /**
   * What the settings say, or what follows from them. Blocks.
   *
   * @param directory where the trusted certificates are kept for the driver
   */
  static DatabaseTls of(JetonConfig.Database config, String url, Path directory)
      throws ConfigException {
    Optional<Path> certificates = config.tls().certificates();
    TlsMode mode = config.tls().mode().orElse(null);
    if (mode == null) {
      if (certificates.isEmpty() && !isThisMachine(url)) {
        throw new ConfigException(
            "database.tls: absent (expected: verify, required or off, for a database on another"
                + " machine)");
      }
      mode = certificates.isPresent() ? TlsMode.VERIFY : TlsMode.OFF;
    }
    if (certificates.isEmpty()) {
      return new DatabaseTls(
          switch (mode) {
            case OFF -> DatabaseTls.Mode.OFF;
            case REQUIRED -> DatabaseTls.Mode.REQUIRED;
            case VERIFY -> DatabaseTls.Mode.VERIFY;
          },
          Optional.empty());
    }
    if (mode != TlsMode.VERIFY) {
      throw new ConfigException(
          "database.tls-ca: "
              + certificates.get()
              + " (expected: nothing without database.tls:"
              + " verify)");
    }
    try {
      return DatabaseTls.trusting(certificates.get(), trustStore(directory));
    } catch (IOException e) {
      throw new ConfigException(
          "database.tls-ca: " + certificates.get() + " (expected: a file of certificates as PEM)");
    }
  }

  /** Where the trusted certificates are kept for the driver. */
  static Path trustStore(Path directory) {
    return directory.resolve("database-ca.p12");
  }

  private static boolean isThisMachine(String url) {
    try {
      String host = URI.create(url.substring("jdbc:".length())).getHost();
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
