package io.jeton.server.storage.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;

/**
 * A migration of this program that is recorded as failed. No database takes back what had changed
 * its tables until then. But each statement is carried out whole or not at all, and only adds or
 * says what a column is: so it is finished by carrying out all of them, passing over what is there.
 * Blocks.
 */
final class UnfinishedMigration {
  /** A table, a column, an index of that name is there. */
  private static final Set<Integer> THERE = Set.of(1050, 1060, 1061);

  private static final Pattern END = Pattern.compile(";\\s*$", Pattern.MULTILINE);

  private final String version;
  private final String script;

  private UnfinishedMigration(String version, String script) {
    this.version = version;
    this.script = script;
  }

  /** The one among these, if there is one. */
  static Optional<UnfinishedMigration> among(MigrationInfo[] migrations) {
    return Stream.of(migrations)
        .filter(each -> each.getState().isFailed() && each.getState().isResolved())
        .map(each -> new UnfinishedMigration(each.getVersion().getVersion(), each.getScript()))
        .findFirst();
  }

  /** Whether an error says that something is there already. */
  static boolean isThere(SQLException e) {
    return THERE.contains(e.getErrorCode());
  }

  String version() {
    return version;
  }

  /** Carries out what is missing of it, and records that it is done in this table. */
  void finish(Connection connection, String history) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          if (!isThere(e)) {
            throw e;
          }
        }
      }
    }
    try (PreparedStatement done =
        connection.prepareStatement(
            "UPDATE " + history + " SET success = 1 WHERE version = ? AND success = 0")) {
      done.setString(1, version);
      done.executeUpdate();
    }
  }

  private List<String> statements() {
    return END.splitAsStream(text())
        .map(
            each ->
                each.lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .strip())
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private String text() {
    try (InputStream in = UnfinishedMigration.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException(script + " is not in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
