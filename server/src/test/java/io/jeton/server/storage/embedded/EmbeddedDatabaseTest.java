package io.jeton.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.testing.BesideOthers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BesideOthers
class EmbeddedDatabaseTest {
  @TempDir Path temporary;

  @Test
  void data_survivesStopAndStart_underTheTemporaryDirectory() throws Exception {
    assertThat(temporary).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    String firstPassword;
    try (EmbeddedDatabase database = start()) {
      firstPassword = database.password().reveal();
      Jdbc.execute(database, "CREATE TABLE t (id INT PRIMARY KEY)");
      Jdbc.execute(database, "INSERT INTO t VALUES (7)");
    }
    try (EmbeddedDatabase database = start()) {
      assertThat(Jdbc.query(database, "SELECT id FROM t")).containsExactly("7");
      assertThat(database.password().reveal()).isNotEqualTo(firstPassword);
      assertThatThrownBy(() -> Jdbc.execute(database.jdbcUrl(), firstPassword, "SELECT 1"))
          .hasMessageContaining("Access denied");
    }
  }

  @Test
  void close_endsMariadbdCleanly_andOnlyOnce() throws Exception {
    EmbeddedDatabase database = start();
    ProcessHandle mariadbd = ProcessHandle.of(database.pid()).orElseThrow();
    database.close();
    assertThat(LeftoverServers.runsOn(mariadbd, directory())).isFalse();
    assertThat(directory().log()).content().contains("Shutdown complete");
    database.close();
  }

  @Test
  void url_isOfTheLoopbackAddress_withoutCredentials() throws Exception {
    try (EmbeddedDatabase database = start()) {
      assertThat(database.jdbcUrl()).matches("jdbc:mysql://127\\.0\\.0\\.1:\\d+/jeton");
      assertThat(database.user()).isEqualTo("jeton");
    }
  }

  @Test
  void port_isBoundOnOneLoopbackAddressOnly() throws Exception {
    try (EmbeddedDatabase database = start();
        // 127.0.0.2 is loopback too: who binds all addresses answers there.
        Socket other = new Socket()) {
      int port = port(database);
      assertThatThrownBy(
              () ->
                  other.connect(
                      new InetSocketAddress(
                          InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port)))
          .hasMessageContaining("refused");
    }
  }

  @Test
  void user_hasRightsOnItsDatabaseOnly() throws Exception {
    try (EmbeddedDatabase database = start()) {
      assertThat(Jdbc.query(database, "SELECT CURRENT_USER()")).containsExactly("jeton@127.0.0.1");
      assertThat(Jdbc.query(database, "SHOW DATABASES"))
          .containsExactlyInAnyOrder("information_schema", "jeton");
      assertThatThrownBy(() -> Jdbc.execute(database, "CREATE DATABASE other"))
          .hasMessageContaining("Access denied");
      assertThatThrownBy(() -> Jdbc.query(database, "SELECT * FROM mysql.global_priv"))
          .hasMessageContaining("denied");
      assertThatThrownBy(() -> Jdbc.query(database, "SELECT LOAD_FILE('/etc/passwd') FROM x"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void noOther_logsInThroughTcp() throws Exception {
    try (EmbeddedDatabase database = start()) {
      for (String user :
          List.of("", "root", "mysql", "mariadb.sys", System.getProperty("user.name"))) {
        for (String password : List.of("", "invalid", "root")) {
          assertThatThrownBy(
                  () -> DriverManager.getConnection(database.jdbcUrl(), user, password).close())
              .as("user '%s'", user)
              .hasMessageContaining("Access denied");
        }
      }
      assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "jeton", "").close())
          .hasMessageContaining("Access denied");
    }
  }

  @Test
  void fresh_hasNoAnonymousUser_noTestDatabase_andRootThroughTheSocketOnly() throws Exception {
    EmbeddedDatabase.Tuning readsUsers =
        new EmbeddedDatabase.Tuning(
            List.of(),
            List.of("GRANT SELECT, SHOW DATABASES ON *.* TO 'jeton'@'127.0.0.1'"),
            EmbeddedDatabase.Ports::free);
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(TestDatabases.settings(temporary), readsUsers)) {
      assertThat(Jdbc.query(database, "SELECT CONCAT(user, '@', host) FROM mysql.global_priv"))
          .containsExactlyInAnyOrder("jeton@127.0.0.1", "mariadb.sys@localhost", "root@localhost");
      assertThat(
              Jdbc.query(
                  database,
                  "SELECT JSON_UNQUOTE(JSON_EXTRACT(priv, '$.auth_or[1].plugin'))"
                      + " FROM mysql.global_priv WHERE user = 'root'"
                      + " AND JSON_VALUE(priv, '$.authentication_string') = 'invalid'"))
          .containsExactly("unix_socket");
      assertThat(Jdbc.query(database, "SHOW DATABASES")).doesNotContain("test");
    }
  }

  @Test
  void everyServerSetting_isTheDurableOne() throws Exception {
    try (EmbeddedDatabase database = start()) {
      assertThat(
              Jdbc.query(
                  database,
                  "SELECT CONCAT_WS(' ', @@innodb_flush_log_at_trx_commit, @@innodb_doublewrite,"
                      + " @@innodb_use_native_aio, @@global.tx_isolation, @@skip_name_resolve,"
                      + " @@log_bin, @@performance_schema, @@character_set_server,"
                      + " @@global.time_zone, @@innodb_buffer_pool_size, @@max_connections)"))
          .containsExactly("1 ON OFF READ-COMMITTED ON OFF OFF utf8mb4 +00:00 33554432 50");
    }
  }

  @Test
  void everyFile_liesUnderTheDataDirectory_andIsPrivate() throws Exception {
    Path data = temporary.resolve("data of jeton");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabases.settings(data))) {
      Path root = data.resolve("database");
      for (Path directory : List.of(data, root, root.resolve("data"), root.resolve("tmp"))) {
        assertThat(mode(directory)).as("%s", directory).isEqualTo("rwx------");
      }
      assertThat(mode(root.resolve("client.cnf"))).isEqualTo("rw-------");
      assertThat(root.resolve("mariadbd.log")).exists();
      assertThat(root.resolve("mariadbd.pid")).hasContent(Long.toString(database.pid()));
      assertThat(root.resolve("init.sql")).doesNotExist();
      assertThat(openFiles(database.pid()))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(file)
                      .matches(
                          path ->
                              !path.startsWith("/")
                                  || path.startsWith("/dev/")
                                  || path.startsWith(root + "/")));
    }
  }

  @Test
  void dataDirectory_mayHaveLongerPathThanSocketAllows() throws Exception {
    Path data = temporary.resolve("a".repeat(120)).resolve("b".repeat(120));
    try (EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabases.settings(data))) {
      assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void existingDirectory_readableByOthers_becomesPrivate() throws Exception {
    Files.createDirectory(
        temporary.resolve("database"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    start().close();
    assertThat(mode(temporary.resolve("database"))).isEqualTo("rwx------");
  }

  @Test
  void password_isInNoLogAndOnNoCommandLine() throws Exception {
    try (EmbeddedDatabase database = start()) {
      String password = database.password().reveal();
      assertThat(password).hasSizeGreaterThan(40);
      assertThat(directory().log()).content().doesNotContain(password);
      assertThat(commandLines()).isNotEmpty().noneMatch(line -> line.contains(password));
      assertThat(Files.readString(Path.of("/proc/" + database.pid() + "/environ")))
          .doesNotContain(password);
    }
  }

  @Test
  void clientFile_letsTheOperatorIn() throws Exception {
    try (EmbeddedDatabase database = start()) {
      Process client =
          new ProcessBuilder(
                  TestDatabases.distribution().resolve("bin/mariadb").toString(),
                  "--defaults-file=" + temporary.resolve("database/client.cnf"),
                  "--skip-column-names",
                  "--execute=SELECT CURRENT_USER(), DATABASE()")
              .redirectErrorStream(true)
              .start();
      assertThat(new String(client.getInputStream().readAllBytes()))
          .isEqualTo("jeton@127.0.0.1\tjeton\n");
      assertThat(port(database)).isPositive();
    }
  }

  @Test
  void port_takenMeanwhile_isReplacedByAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int[] calls = {0};
      EmbeddedDatabase.Ports ports =
          () -> calls[0]++ < 2 ? taken.getLocalPort() : EmbeddedDatabase.Ports.free();
      try (EmbeddedDatabase database =
          EmbeddedDatabase.start(
              TestDatabases.settings(temporary),
              new EmbeddedDatabase.Tuning(List.of(), List.of(), ports))) {
        assertThat(calls[0]).isEqualTo(3);
        assertThat(port(database)).isNotEqualTo(taken.getLocalPort());
        assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
      }
    }
  }

  @Test
  void mariadbd_doesNotHoldTheGuardsPipe_andItsInputIsEmpty() throws Exception {
    try (EmbeddedDatabase database = start()) {
      List<String> ours = openFiles(ProcessHandle.current().pid());
      assertThat(ours).anyMatch(file -> file.startsWith("pipe:"));
      assertThat(openFiles(database.pid()))
          .contains("/dev/null")
          .noneMatch(file -> file.startsWith("pipe:") && ours.contains(file));
    }
  }

  private EmbeddedDatabase start() throws EmbeddedDatabaseException {
    return EmbeddedDatabase.start(TestDatabases.settings(temporary));
  }

  private DatabaseDirectory directory() throws IOException {
    return DatabaseDirectory.under(temporary);
  }

  private static int port(EmbeddedDatabase database) {
    return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> openFiles(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors.map(EmbeddedDatabaseTest::target).filter(t -> !t.isEmpty()).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .map(
            process -> {
              try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
              } catch (IOException e) {
                return "";
              }
            })
        .filter(line -> line.contains("mariadbd"))
        .toList();
  }
}
