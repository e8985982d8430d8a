package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A mariadbd and the directories it was made with.
 *
 * @param executable the server itself
 * @param base what it calls its base directory
 * @param share holds the SQL of the system tables, messages and character sets
 */
record ServerBinary(Path executable, Path base, Path share) {
  private static final String SYSTEM_TABLES = "system_tables.sql";
  private static final List<String> PREFIXES = List.of("mariadb_", "mysql_");

  static ServerBinary locate(EmbeddedDatabaseSettings settings) throws EmbeddedDatabaseException {
    if (settings.binary().isPresent()) {
      return installed(settings.binary().get());
    }
    Path base = settings.distribution().toAbsolutePath().normalize();
    ServerBinary bundled =
        new ServerBinary(base.resolve("bin/mariadbd"), base, base.resolve("share"));
    if (!Files.isExecutable(bundled.executable) || !bundled.hasSql(SYSTEM_TABLES)) {
      throw new EmbeddedDatabaseException(
          "no embedded database in "
              + base
              + ": build on Linux x86-64, or set embedded.binary to an installed mariadbd");
    }
    return bundled;
  }

  /** Finds the base of an installed one: {@code /usr} of {@code /usr/sbin/mariadbd}. */
  private static ServerBinary installed(Path binary) throws EmbeddedDatabaseException {
    Path executable;
    try {
      executable = binary.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "embedded.binary: " + binary + " (expected: the path of an installed mariadbd)", e);
    }
    Path bin = executable.getParent();
    Path base = bin == null ? null : bin.getParent();
    if (base == null || !Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
      throw new EmbeddedDatabaseException(
          "embedded.binary: " + binary + " (expected: an executable mariadbd)");
    }
    for (String name : List.of("share/mariadb", "share/mysql", "share")) {
      ServerBinary candidate = new ServerBinary(executable, base, base.resolve(name));
      if (candidate.hasSql(SYSTEM_TABLES)) {
        return candidate;
      }
    }
    throw new EmbeddedDatabaseException(
        "embedded.binary: "
            + binary
            + " (expected: mariadb_system_tables.sql in "
            + base
            + "/share/mariadb, share/mysql or share)");
  }

  /** The statements that make the system tables and their first rows, in order. */
  List<Path> systemTables() {
    return List.of(
        sql(SYSTEM_TABLES), sql("performance_tables.sql"), sql("system_tables_data.sql"));
  }

  /** A client program that came with it, by its newer or its older name. */
  Path client(String name, String olderName) throws EmbeddedDatabaseException {
    for (String each : List.of(name, olderName)) {
      Path program = base.resolve("bin").resolve(each);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new EmbeddedDatabaseException(
        "no " + name + " in " + base.resolve("bin") + ": it comes with the database's clients");
  }

  private boolean hasSql(String name) {
    return PREFIXES.stream().anyMatch(prefix -> Files.isReadable(share.resolve(prefix + name)));
  }

  /** Older versions call the same file {@code mysql_…}. */
  private Path sql(String name) {
    Path file = share.resolve("mariadb_" + name);
    return Files.isReadable(file) ? file : share.resolve("mysql_" + name);
  }
}
