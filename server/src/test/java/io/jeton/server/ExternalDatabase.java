package io.jeton.server;

import io.jeton.server.config.ConfigReader;
import io.jeton.server.storage.embedded.PlainMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The settings of nodes on an operator's own database, and such nodes. */
final class ExternalDatabase {
  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();

  ExternalDatabase(PlainMariaDb database, Path directory) {
    this.directory = directory;
    settings.put("data-dir", directory.resolve("data").toString());
    settings.put("port", "0");
    settings.put("database.url", database.jdbcUrl());
    settings.put("database.user", database.user());
    settings.put("database.password", "env:PASSWORD");
    settings.put("master-key", "env:MASTER");
  }

  /** The same with other settings, by their keys and values in turn. */
  ExternalDatabase with(String... others) {
    for (int n = 0; n < others.length; n += 2) {
      settings.put(others[n], others[n + 1]);
    }
    return this;
  }

  void migrate(String password) throws Exception {
    migrate(password, false);
  }

  void repair(String password) throws Exception {
    migrate(password, true);
  }

  private void migrate(String password, boolean repair) throws Exception {
    Node.migrate(
        ConfigReader.read(Optional.empty(), Map.of(), settings),
        home(),
        environment(password),
        repair);
  }

  Node start(String password) throws Exception {
    return Node.start(
        ConfigReader.read(Optional.empty(), Map.of(), settings),
        home(),
        environment(password),
        Clock.systemUTC());
  }

  String administratorKey() throws Exception {
    return Files.readString(directory.resolve("data/admin.key")).strip();
  }

  private static Map<String, String> environment(String password) {
    return Map.of("PASSWORD", password, "MASTER", "0123456789abcdef".repeat(4));
  }

  private static Path home() {
    return Path.of(System.getProperty("jeton.home"));
  }
}
