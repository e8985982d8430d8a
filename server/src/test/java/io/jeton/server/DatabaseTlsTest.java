package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.config.ConfigException;
import io.jeton.server.storage.embedded.PlainMariaDb;
import io.jeton.server.testing.DatabaseCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that wants TLS, and what a node thinks of its certificate. */
class DatabaseTlsTest {
  @TempDir static Path server;
  private static DatabaseCertificate own;
  private static DatabaseCertificate anothers;
  private static PlainMariaDb database;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    own = DatabaseCertificate.of(server, "own", "ip:127.0.0.1");
    anothers = DatabaseCertificate.of(server, "anothers", "ip:127.0.0.1");
    database =
        PlainMariaDb.start(
            server.resolve("data"),
            "--ssl",
            "--ssl-cert=" + own.certificate(),
            "--ssl-key=" + own.key());
    database.execute("ALTER USER 'jeton'@'127.0.0.1' REQUIRE SSL");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void itsCertificate_isTrusted_whenTheFileHasIt() throws Exception {
    ExternalDatabase trusting = external().with("database.tls-ca", own.certificate().toString());
    trusting.migrate(password());
    try (Node node = trusting.start(password())) {
      assertThat(node.url()).startsWith("http://");
      assertThat(directory.resolve("data/database-ca.p12")).isNotEmptyFile();
    }
  }

  @Test
  void anyCertificate_isEnough_whereEncryptionAloneIsAskedFor() throws Exception {
    external().with("database.tls", "required").migrate(password());
  }

  @Test
  void anothersCertificate_isRefused_inOneLine() {
    assertThatThrownBy(
            () ->
                external()
                    .with("database.tls-ca", anothers.certificate().toString())
                    .migrate(password()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("its certificate is not trusted: ")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> external().with("database.tls", "verify").migrate(password()))
        .as("Java does not trust it either")
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("its certificate is not trusted: ");
  }

  @Test
  void aCertificateForAnotherHost_isRefused() {
    String elsewhere = database.jdbcUrl().replace("127.0.0.1", "localhost");
    assertThatThrownBy(
            () ->
                external()
                    .with("database.url", elsewhere)
                    .with("database.tls-ca", own.certificate().toString())
                    .migrate(password()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("its certificate is not trusted: ");
  }

  @Test
  void inClear_isRefusedByAServerThatWantsTls() {
    assertThatThrownBy(() -> external().with("database.tls", "off").migrate(password()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("refuses the user or the password");
  }

  @Test
  void aServerWithoutTls_isNotSpokenToInClear_whereItIsAskedFor(@TempDir Path other)
      throws Exception {
    try (PlainMariaDb clear = PlainMariaDb.start(other)) {
      ExternalDatabase external = new ExternalDatabase(clear, directory);
      assertThatThrownBy(
              () -> external.with("database.tls", "required").migrate(clear.password().reveal()))
          .isInstanceOf(StartupException.class)
          .hasMessageEndingWith(" cannot be used: it does not offer TLS");
      external.with("database.tls", "").migrate(clear.password().reveal());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:mysql://192.0.2.1:3306/jeton | database.tls    |          | database.tls: absent (expected: verify, required or off, for a database on another machine)
          jdbc:mysql://192.0.2.1/jeton      | database.tls-ca | none.pem | database.tls-ca: none.pem (expected: a file of certificates as PEM)
          """)
  void whatIsNotSaidOrNotThere_isNamed(String url, String key, String value, String message) {
    assertThatThrownBy(
            () ->
                external()
                    .with("database.url", url)
                    .with(key, value == null ? "" : value)
                    .migrate(password()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void certificates_areRefusedWhereNobodyLooksAtThem() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "no certificate\n");
    assertThatThrownBy(
            () -> external().with("database.tls-ca", empty.toString()).migrate(password()))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("(expected: a file of certificates as PEM)");
    assertThatThrownBy(
            () ->
                external()
                    .with("database.tls", "required", "database.tls-ca", empty.toString())
                    .migrate(password()))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("(expected: nothing without database.tls: verify)");
  }

  private ExternalDatabase external() {
    return new ExternalDatabase(database, directory);
  }

  private static String password() {
    return database.password().reveal();
  }
}
