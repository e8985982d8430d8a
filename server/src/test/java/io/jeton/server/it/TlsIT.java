package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution over TLS, with its own command and curl as clients. */
class TlsIT {
  @TempDir private Path directory;

  @Test
  void commandsAndCurl_reachAServerThatShowsACertificate() throws Exception {
    TestAuthority authority = new TestAuthority("servers");
    TestAuthority clients = new TestAuthority("clients");
    String ca = authority.write(directory.resolve("ca.crt")).toString();
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    authority.issue().write(certificate, key);
    Path shown = directory.resolve("client.crt");
    Path shownKey = directory.resolve("client.key");
    clients.issue().write(shown, shownKey);
    clients.write(directory.resolve("clients.crt"));
    Files.writeString(
        directory.resolve("jeton.yaml"),
        """
        tls:
          certificate: tls.crt
          key: tls.key
          client-auth: required
          client-ca: clients.crt
        """);
    Path data = directory.resolve("data");
    Launch serve =
        Launch.jeton("serve", "--port", "0", "--data-dir", data.toString()).in(directory);
    try (JetonProcess server = JetonProcess.start(serve, data)) {
      assertThat(server.url()).startsWith("https://127.0.0.1:");
      Launch status = Launch.jeton("status", "--data-dir", data.toString());
      assertThat(status.run().exit()).isNotZero();
      assertThat(status.run().err()).contains(server.url()).contains("TLS: ");

      status.then("--ca", ca, "--cert", shown.toString(), "--cert-key", shownKey.toString());
      status.run().requireOk();
      Launch.jeton("token", "issue", "--quiet", "--data-dir", data.toString())
          .with("JETON_CA", ca)
          .with("JETON_CERT", shown.toString())
          .with("JETON_CERT_KEY", shownKey.toString())
          .run()
          .requireOk();
      Launch.jeton("status", "--data-dir", data.toString(), "--cert", shown.toString())
          .run()
          .requireOneLine(2, "--cert and --cert-key are given together");

      Finished created =
          Launch.of("curl", "-sS", "--cacert", ca, "--cert", shown.toString())
              .then("--key", shownKey.toString(), "-X", "POST", server.url() + "/token")
              .run()
              .requireOk();
      assertThat(created.out()).startsWith("{\"value\":");
      server.stop();
    }
  }
}
