package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.client.ImportResult;
import io.jeton.client.JetonClient;
import io.jeton.client.records.ImportFile;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupImportTest {
  private static final String REALM = "{\"type\":\"realm\",\"realm\":\"shop\"}";
  private static final String ACCOUNT =
      "{\"type\":\"account\",\"realm\":\"shop\",\"id\":1,\"name\":\"A\"}";

  @TempDir private Path directory;

  private ImportFile file(String... lines) throws IOException {
    return ImportFile.of(Files.write(directory.resolve("f.jsonl"), List.of(lines)), Map.of());
  }

  private Node start(Optional<ImportFile> file) throws Exception {
    Map<String, String> settings =
        Map.of("data-dir", directory.resolve("data").toString(), "port", "0", "ops.port", "0");
    return Node.start(
        ConfigReader.read(Optional.empty(), Map.of(), settings),
        Path.of(System.getProperty("jeton.home")),
        Map.of(),
        file,
        new SettableClock(Instant.parse("2026-06-01T12:00:00Z")));
  }

  private ImportResult check(Node node, ImportFile file) throws IOException {
    String key = Files.readString(directory.resolve("data").resolve("admin.key")).strip();
    try (JetonClient client = JetonClient.builder().server(node.url()).key(key).build()) {
      return client.imports().check(file, n -> {});
    }
  }

  @Test
  void start_importsTheFile_andAgainChangesNothing() throws Exception {
    ImportFile file = file(REALM, ACCOUNT);
    try (Node node = start(Optional.of(file))) {
      assertThat(check(node, file).unchanged()).isEqualTo(2);
    }
    try (Node node = start(Optional.of(file))) {
      assertThat(check(node, file).unchanged()).isEqualTo(2);
    }
  }

  @Test
  void start_isRefused_withTheFirstBadLine_andWritesNothing() throws Exception {
    ImportFile bad = file(REALM, ACCOUNT, ACCOUNT.replace("\"A\"", "\"\""), "canary");

    assertThatThrownBy(() -> start(Optional.of(bad)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(bad.path() + ":3: name: ");
    ImportFile notJson = file(REALM, "canary");
    assertThatThrownBy(() -> start(Optional.of(notJson)))
        .isInstanceOf(StartupException.class)
        .hasMessage(notJson.path() + ":2: is not JSON, or is nested too deeply");
    assertThatThrownBy(() -> start(Optional.of(ImportFile.of(directory.resolve("none"), Map.of()))))
        .isInstanceOf(StartupException.class)
        .hasMessage("the import file " + directory.resolve("none") + " cannot be read");

    ImportFile good = file(REALM, ACCOUNT);
    try (Node node = start(Optional.empty())) {
      assertThat(check(node, good).created()).isEqualTo(2);
    }
  }
}
