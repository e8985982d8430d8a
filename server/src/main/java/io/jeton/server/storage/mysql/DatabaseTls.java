package io.jeton.server.storage.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;

/**
 * Whether connections to the database are encrypted, and which certificates they trust.
 *
 * @param trustStore where the trusted certificates are; empty: those that Java trusts
 */
public record DatabaseTls(Mode mode, Optional<Path> trustStore) {
  public static final DatabaseTls OFF = new DatabaseTls(Mode.OFF, Optional.empty());

  /** The driver wants one. What it opens holds certificates and nothing else. */
  private static final String STORE_PASSWORD = "certificates";

  /** How far the other end is trusted. */
  public enum Mode {
    /** Everything goes in clear. */
    OFF,
    /** It is encrypted, for whoever answers. */
    REQUIRED,
    /** It is encrypted, and the certificate must be a trusted one's and name the host. */
    VERIFY
  }

  /**
   * Trusts the certificates of a file alone. The driver reads them at every connection, from a file
   * of its own kind. Blocks.
   *
   * @param certificates one or more, as PEM
   * @param trustStore the file to write for the driver; it must last as long as connections are
   *     made
   * @throws IOException when the one holds no certificate or the other cannot be written
   */
  public static DatabaseTls trusting(Path certificates, Path trustStore) throws IOException {
    try (InputStream in = Files.newInputStream(certificates)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("no certificate in " + certificates);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate each : found) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      try (OutputStream out = Files.newOutputStream(trustStore)) {
        store.store(out, STORE_PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificates in " + certificates, e);
    }
    return new DatabaseTls(Mode.VERIFY, Optional.of(trustStore));
  }

  void addTo(Properties properties) {
    properties.setProperty(
        "sslMode",
        switch (mode) {
          case OFF -> "DISABLED";
          case REQUIRED -> "REQUIRED";
          case VERIFY -> "VERIFY_IDENTITY";
        });
    trustStore.ifPresent(
        path -> {
          properties.setProperty("trustCertificateKeyStoreUrl", path.toUri().toString());
          properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
          properties.setProperty("trustCertificateKeyStorePassword", STORE_PASSWORD);
          properties.setProperty("fallbackToSystemTrustStore", "false");
        });
  }
}
