package io.jeton.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that signed itself, with its key, as PEM files.
 *
 * @param certificate the file of the certificate
 * @param key the file of its key
 */
public record DatabaseCertificate(Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes one with the JDK's keytool. Blocks.
   *
   * @param subject whom it is for, such as {@code ip:127.0.0.1}
   */
  public static DatabaseCertificate of(Path directory, String name, String subject)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                (Path.of(System.getProperty("java.home"), "bin/keytool")
                        + " -genkeypair -alias a -keyalg RSA -keysize 2048 -validity 30"
                        + (" -dname CN=" + name + " -ext san=" + subject)
                        + (" -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store))
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    return new DatabaseCertificate(
        pem(directory.resolve(name + ".pem"), "CERTIFICATE", made.getCertificate("a").getEncoded()),
        pem(
            directory.resolve(name + ".key"),
            "PRIVATE KEY",
            made.getKey("a", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String type, byte[] bytes) throws IOException {
    return Files.writeString(
        file,
        ("-----BEGIN " + type + "-----\n")
            + (Base64.getMimeEncoder().encodeToString(bytes) + "\n")
            + ("-----END " + type + "-----\n"));
  }
}
