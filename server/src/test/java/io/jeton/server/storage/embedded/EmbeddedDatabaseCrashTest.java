package io.jeton.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.server.testing.BesideOthers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BesideOthers
class EmbeddedDatabaseCrashTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temporary;

  @Test
  void killedJvm_leavesNoMariadbd_andLosesNothingCommitted() throws Exception {
    long pid;
    try (ChildJvm child = ChildJvm.start(ChildJvm.RunsDatabase.class, temporary)) {
      pid = Long.parseLong(child.await("pid "));
      commitRow(child);
      assertThat(servers()).containsExactly(pid);
      child.kill();
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(servers()).isEmpty());
    assertRowIsThere();
  }

  @Test
  void killedJvmAndGuard_leaveMariadbd_thatTheNextStartEnds() throws Exception {
    long pid;
    try (ChildJvm child = ChildJvm.start(ChildJvm.RunsDatabase.class, temporary)) {
      pid = Long.parseLong(child.await("pid "));
      commitRow(child);
      List<ProcessHandle> guards =
          child.descendants().stream().filter(process -> process.pid() != pid).toList();
      assertThat(guards).hasSizeGreaterThanOrEqualTo(2);
      guards.forEach(ProcessHandle::destroyForcibly);
      child.kill();
    }
    assertThat(servers()).containsExactly(pid);
    assertRowIsThere();
    assertThat(servers()).isEmpty();
  }

  @Test
  void immediateRestart_afterKilledJvm_waitsForTheOldMariadbd() throws Exception {
    try (ChildJvm child = ChildJvm.start(ChildJvm.RunsDatabase.class, temporary)) {
      commitRow(child);
      child.kill();
    }
    assertRowIsThere();
  }

  @Test
  void signalsOfTheTerminal_doNotReachMariadbd() throws Exception {
    try (EmbeddedDatabase database = start()) {
      long pid = database.pid();
      String ours = DatabaseDirectory.under(temporary).root() + "/data";
      List<ProcessHandle> guards =
          ProcessHandle.current()
              .descendants()
              .filter(process -> process.pid() != pid)
              .filter(process -> arguments(process).contains("jeton-database-guard"))
              // Those of tests that run meanwhile are left alone.
              .filter(process -> arguments(process).stream().anyMatch(a -> a.contains(ours)))
              .toList();
      assertThat(guards).hasSizeGreaterThanOrEqualTo(2);
      for (ProcessHandle guard : guards) {
        for (String signal : List.of("INT", "HUP", "QUIT", "TERM")) {
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + guard.pid()).start().waitFor();
        }
      }
      assertThat(guards).allMatch(ProcessHandle::isAlive);
      assertThat(session(pid)).isNotEqualTo(session(ProcessHandle.current().pid()));
      assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
      assertThat(database.pid()).isEqualTo(pid);
    }
  }

  @Test
  void killedMariadbd_isStartedAgain_onTheSamePortWithTheSamePassword() throws Exception {
    try (EmbeddedDatabase database = start()) {
      String url = database.jdbcUrl();
      String password = database.password().reveal();
      Jdbc.execute(database, "CREATE TABLE t (id INT PRIMARY KEY)");
      for (int round = 1; round <= 2; round++) {
        Jdbc.execute(database, "INSERT INTO t VALUES (" + round + ")");
        long pid = database.pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> database.pid() != pid);
        assertThat(database.jdbcUrl()).isEqualTo(url);
        Jdbc.execute(url, password, "SELECT 1");
        assertThat(Jdbc.query(database, "SELECT COUNT(*) FROM t"))
            .containsExactly(Integer.toString(round));
      }
      assertThat(temporary.resolve("database/init.sql")).doesNotExist();
    }
    assertThat(servers()).isEmpty();
  }

  @Test
  void killedGuard_isReplaced_withItsMariadbd() throws Exception {
    try (EmbeddedDatabase database = start()) {
      long pid = database.pid();
      ProcessHandle.of(pid).orElseThrow().parent().orElseThrow().destroyForcibly();
      await().atMost(SOON).until(() -> database.pid() != pid);
      assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
      assertThat(servers()).containsExactly(database.pid());
    }
  }

  @Test
  void close_whileItIsStartedAgain_leavesNothing() throws Exception {
    EmbeddedDatabase database = start();
    ProcessHandle.of(database.pid()).orElseThrow().destroyForcibly();
    database.close();
    assertThat(servers()).isEmpty();
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(servers()).isEmpty());
  }

  @Test
  void pidFile_ofAnUnrelatedProcess_doesNotGetItKilled() throws Exception {
    start().close();
    Path log = temporary.resolve("database/mariadbd.log");
    // It even has the data directory on its command line, as whoever reads the log has.
    Process unrelated = new ProcessBuilder("tail", "-f", log.toString()).start();
    try {
      Files.writeString(temporary.resolve("database/mariadbd.pid"), Long.toString(unrelated.pid()));
      try (EmbeddedDatabase database = start()) {
        assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
        assertThat(unrelated.isAlive()).isTrue();
      }
    } finally {
      unrelated.destroyForcibly();
    }
  }

  @Test
  void interruptedInstallation_isBegunAgain() throws Exception {
    try (ChildJvm child = ChildJvm.start(ChildJvm.RunsDatabase.class, temporary)) {
      await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> !unfinished().isEmpty());
      child.kill();
    }
    try (EmbeddedDatabase database = start()) {
      assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
      assertThat(unfinished()).isEmpty();
    }
  }

  @Test
  void leftoverOfAnInstallation_isDeleted() throws Exception {
    Path leftover = temporary.resolve("database/data.new-123/mysql");
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve("global_priv.frm"), "half");
    try (EmbeddedDatabase database = start()) {
      assertThat(Jdbc.query(database, "SELECT 1")).containsExactly("1");
      assertThat(unfinished()).isEmpty();
    }
  }

  private void commitRow(ChildJvm child) throws Exception {
    String url = child.await("url ");
    String password = child.await("password ");
    Jdbc.execute(url, password, "CREATE TABLE t (id INT PRIMARY KEY)");
    Jdbc.execute(url, password, "INSERT INTO t VALUES (7)");
  }

  private void assertRowIsThere() throws Exception {
    try (EmbeddedDatabase database = start()) {
      assertThat(Jdbc.query(database, "SELECT id FROM t")).containsExactly("7");
      assertThat(servers()).containsExactly(database.pid());
    }
  }

  private EmbeddedDatabase start() throws EmbeddedDatabaseException {
    return EmbeddedDatabase.start(TestDatabases.settings(temporary));
  }

  /** Every mariadbd that runs on the data directory. */
  private List<Long> servers() throws IOException {
    DatabaseDirectory directory = DatabaseDirectory.under(temporary);
    return ProcessHandle.allProcesses()
        .filter(process -> LeftoverServers.runsOn(process, directory))
        .map(ProcessHandle::pid)
        .toList();
  }

  private List<Path> unfinished() throws IOException {
    Path root = temporary.resolve("database");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(root, "data.new-*")) {
      List<Path> found = new ArrayList<>();
      paths.forEach(found::add);
      return found;
    }
  }

  private static List<String> arguments(ProcessHandle process) {
    try {
      return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The sixth field of the stat file, counted from behind the program's name. */
  private static String session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
  }
}
