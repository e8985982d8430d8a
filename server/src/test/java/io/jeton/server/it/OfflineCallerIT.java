package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.MariaDbExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A lost administrator's key is replaced by whoever has the data directory or the database. */
class OfflineCallerIT {
  private static final int REFUSED = 4;
  private static final int NOT_STARTED = 6;

  @RegisterExtension static final MariaDbExtension external = new MariaDbExtension();

  @TempDir private Path directory;

  @Test
  void lostKey_isReplaced_whileTheServerIsStopped() throws Exception {
    Path data = directory.resolve("data");
    Path key = directory.resolve("again.key");
    try (JetonProcess server = JetonProcess.start(data)) {
      create(data, "again", key)
          .run()
          .requireOneLine(NOT_STARTED, data.toString(), "in use by process", "leave out --offline");
      assertThat(key).doesNotExist();
      Files.delete(data.resolve("admin.key"));
      server.stop();
    }

    create(data, "again", key).run().requireOk();
    assertThat(MariaDbs.of(data)).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    create(data, "again", directory.resolve("second.key"))
        .run()
        .requireOneLine(REFUSED, "taken", "(CALLER_EXISTS)");
    create(data, "No Name", directory.resolve("third.key"))
        .run()
        .requireOneLine(REFUSED, "name", "(FIELD_INVALID)");

    try (JetonProcess server = JetonProcess.start(data)) {
      assertThat(
              Launch.jeton("caller", "list", "--server", server.url())
                  .then("--key-file", key.toString())
                  .run()
                  .requireOk()
                  .out())
          .contains("admin ", "again ");
      server.stop();
    }
  }

  @Test
  void externalDatabase_needsItsPasswordAlone_andRecordsThatItWasOffline() throws Exception {
    Path key = directory.resolve("again.key");
    external(Launch.jeton("migrate")).run().requireOk();

    external(create(directory.resolve("none"), "again", key)).run().requireOk();

    assertThat(Files.readString(key)).startsWith("jt_svc_");
    assertThat(directory.resolve("none")).doesNotExist();
    try (Connection connection = external.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT caller_id, action, target, address FROM audit")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isZero();
      assertThat(row.getString(2)).isEqualTo("CreateCaller");
      assertThat(row.getString(3)).isEqualTo("again");
      assertThat(row.getString(4)).isEqualTo("offline");
    }
    external(create(directory.resolve("none"), "more", directory.resolve("more.key")))
        .with("PASSWORD", "wrong")
        .run()
        .requireOneLine(NOT_STARTED, "refuses the user or the password");
  }

  @Test
  void noDatabase_isSaid_andNoneIsMade() {
    Path data = directory.resolve("none");

    create(data, "again", directory.resolve("again.key"))
        .run()
        .requireOneLine(NOT_STARTED, data.toString(), "holds no embedded database");
    assertThat(data).doesNotExist();
    assertThat(directory.resolve("again.key")).doesNotExist();
  }

  private static Launch create(Path data, String name, Path key) {
    return Launch.jeton("caller", "create", name, "--offline", "--grant", "*:admin")
        .then("--data-dir", data.toString(), "--key-out", key.toString());
  }

  private Launch external(Launch launch) {
    return launch
        .in(directory)
        .with("JETON_DATABASE_URL", external.jdbcUrl())
        .with("JETON_DATABASE_USER", external.user())
        .with("JETON_DATABASE_PASSWORD", "env:PASSWORD")
        .with("PASSWORD", external.password().reveal());
  }
}
