package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jeton.client.InactiveReason;
import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Secret;
import io.jeton.client.SessionSpec;
import io.jeton.client.SigningAlgorithm;
import io.jeton.client.TokenRef;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is taken under load, restored elsewhere, has all that was acknowledged before. */
class BackupIT {
  private static final int USAGE = 2;
  private static final int LOCAL_FILE = 5;
  private static final int NOT_STARTED = 6;
  private static final int TERMINATED = 128 + 15;
  private static final int THREADS = 3;
  private static final int BEFORE = 300;

  @TempDir private Path directory;

  /** A token of before the backup and whether it was revoked then. */
  private record Known(Secret secret, boolean isRevoked) {}

  private final Queue<Known> known = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void restoredElsewhere_everythingAcknowledgedBeforeIsThere() throws Exception {
    Path data = directory.resolve("data");
    Path file = directory.resolve("backup.zip");
    IssueSpec owed = IssueSpec.builder().subject("owed").requestId("owed-1").build();
    Secret answer;
    List<Known> before;
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      answer = client.tokens().issue(owed).secret();
      client.keys().create("", "web", SigningAlgorithm.HS256, Optional.empty());
      before = backUpUnderLoad(client, data, file);
      server.stop();
    }
    assertThat(failures).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Path again = directory.resolve("again");
    assertThat(restore(file, again).run(Duration.ofMinutes(2)).requireOk().out())
        .contains("restored " + again);
    assertThat(MariaDbs.of(again)).isEmpty();
    try (JetonProcess server = JetonProcess.start(again);
        JetonClient client = server.client()) {
      requireAsBefore(client, before);
      assertThat(client.tokens().issue(owed).secret()).isEqualTo(answer);
      assertThat(client.keys().list("")).hasSize(1);
      server.stop();
    }
  }

  @Test
  void stoppedServer_isBackedUpToo_andTokensCanBeEndedOnTheWay() throws Exception {
    Path data = directory.resolve("data");
    Path file = directory.resolve("backup.zip");
    Secret secret;
    Secret sid;
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      secret = client.tokens().issue(IssueSpec.builder().build()).secret();
      sid = client.sessions().create(SessionSpec.lasting(Duration.ofHours(1)).build()).sid();
      server.stop();
    }
    Finished finished = backup(data, file).then("--without-keys").run().requireOk();
    assertThat(finished.out()).contains("starting its database", "without its keys");
    assertThat(MariaDbs.of(data)).isEmpty();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(Object::toString))
          .containsExactly("database.sql", "manifest.json");
    }

    Path again = directory.resolve("again");
    Finished restored = restore(file, again).then("--end-tokens").run().requireOk();
    assertThat(restored.out())
        .contains(
            "ended every token of realm default",
            "ended every session of realm default: 1",
            "no master key");
    assertThat(again.resolve("admin.key")).doesNotExist();
    Files.copy(data.resolve("master.key"), again.resolve("master.key"));
    Files.copy(data.resolve("admin.key"), again.resolve("admin.key"));
    try (JetonProcess server = JetonProcess.start(again);
        JetonClient client = server.client()) {
      assertThat(client.tokens().verify(secret).reason()).contains(InactiveReason.REVOKED);
      assertThatThrownBy(() -> client.sessions().get("", sid))
          .isInstanceOfSatisfying(
              JetonException.class, e -> assertThat(e.reason()).contains("SESSION_NOT_FOUND"));
      Secret next = client.tokens().issue(IssueSpec.builder().build()).secret();
      assertThat(client.tokens().verify(next).active()).isTrue();
      server.stop();
    }
  }

  @Test
  void backupFromBeforeANewMasterKey_isRestoredUnderTheNewOne() throws Exception {
    Path data = directory.resolve("data");
    Path file = directory.resolve("backup.zip");
    Path bare = directory.resolve("bare.zip");
    String next = "file:" + Files.writeString(directory.resolve("next.key"), "5a".repeat(32));
    String old = "file:" + data.resolve("master.key");
    IssueSpec owed = IssueSpec.builder().subject("owed").requestId("owed-1").build();
    Secret answer;
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      answer = client.tokens().issue(owed).secret();
      // The settings have changed, and no start has taken the new key into use.
      changed(backup(data, file), next, old).run().requireOk();
      changed(backup(data, bare), next, old).then("--without-keys").run().requireOk();
      server.stop();
    }

    Path again = directory.resolve("again");
    Launch restore = restore(file, again).with("JETON_MASTER_KEY", next);
    restore.run().requireExit(NOT_STARTED).requireErr("expected: that one, or --new-master-key");
    assertThat(restore.then("--new-master-key").run().requireOk().out())
        .contains("now encrypted under the master-key of the settings");
    assertThat(again.resolve("master.key")).doesNotExist();
    Launch serve = Launch.jeton("serve", "--port", "0", "--data-dir", again.toString());
    try (JetonProcess server = JetonProcess.start(serve.with("JETON_MASTER_KEY", next), again);
        JetonClient client = server.client()) {
      assertThat(client.tokens().issue(owed).secret()).isEqualTo(answer);
      server.stop();
    }

    assertThat(changed(restore(bare, directory.resolve("b")), next, old).run().requireOk().out())
        .contains("now encrypted under the master-key of the settings");
  }

  private static Launch changed(Launch command, String next, String previous) {
    return command.with("JETON_MASTER_KEY", next).with("JETON_PREVIOUS_MASTER_KEYS", previous);
  }

  @Test
  void whatCannotBeRestored_isSaidInOneLine_andLeavesNothing() throws Exception {
    Path data = directory.resolve("data");
    Path file = directory.resolve("backup.zip");
    JetonProcess.start(data).stop();
    backup(data, file).run().requireOk();
    backup(data, file).run().requireOneLine(LOCAL_FILE, file.toString(), "exists already");
    backup(directory.resolve("none"), directory.resolve("x.zip"))
        .run()
        .requireOneLine(NOT_STARTED, "holds no embedded database");
    Path again = directory.resolve("again");

    restore(file, data).run().requireOneLine(NOT_STARTED, "is not empty");
    restore(directory.resolve("none.zip"), again).run().requireOneLine(LOCAL_FILE, "no such file");
    restore(file, again).then("--new-master-key").run().requireOneLine(USAGE, "master-key");
    Path half = Files.copy(file, directory.resolve("half.zip"));
    try (RandomAccessFile bytes = new RandomAccessFile(half.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2);
    }
    restore(half, again).run().requireOneLine(LOCAL_FILE, "not a whole one");
    Path changed = Files.copy(file, directory.resolve("changed.zip"));
    try (RandomAccessFile bytes = new RandomAccessFile(changed.toFile(), "rw")) {
      bytes.seek(bytes.length() / 3);
      int was = bytes.read();
      bytes.seek(bytes.length() / 3);
      bytes.write(was ^ 0x55);
    }
    restore(changed, again).run().requireOneLine(LOCAL_FILE, "is damaged");
    restore(file, again)
        .with("JETON_MASTER_KEY", "env:KEY")
        .with("KEY", "00".repeat(32))
        .run()
        .requireExit(NOT_STARTED);
    assertThat(MariaDbs.of(again)).isEmpty();
    assertThat(again.resolve("database")).doesNotExist();
    assertThat(again.resolve("restoring")).doesNotExist();
    assertThat(again.resolve("master.key")).doesNotExist();

    requireNoKeysOfAHalf(file, again);

    Files.createDirectory(again.resolve("restoring"));
    Launch.jeton("serve", "--port", "0", "--data-dir", again.toString())
        .run()
        .requireOneLine(NOT_STARTED, "a restore that was interrupted");
  }

  @Test
  void stoppedBackup_leavesNoDraft() throws Exception {
    Path data = directory.resolve("data");
    Path folder = Files.createDirectory(directory.resolve("backups"));
    try (JetonProcess server = JetonProcess.start(data);
        Child backup = backup(data, folder.resolve("backup.zip")).start()) {
      await("the draft")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !isEmpty(folder));
      backup.signal("TERM");
      assertThat(backup.awaitExit(Duration.ofSeconds(20))).isEqualTo(TERMINATED);
      assertThat(folder).isEmptyDirectory();
      server.stop();
    }
  }

  private static boolean isEmpty(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** A start would make a new database under keys that were left. */
  private static void requireNoKeysOfAHalf(Path file, Path data) throws Exception {
    Path inTheWay = data.resolve("database/in-the-way");
    try (Child restore = restore(file, data).start()) {
      await("the database to be put together")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Files.exists(data.resolve("restoring")));
      Files.createDirectories(inTheWay);
      assertThat(restore.awaitExit(Duration.ofSeconds(60))).isEqualTo(NOT_STARTED);
      assertThat(restore.err()).contains("cannot write");
    }
    Files.delete(inTheWay);
    Files.delete(data.resolve("database"));
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left).containsExactly(data.resolve("jeton.lock"));
    }
  }

  @Test
  void fullDisk_isSaidInOneLine_andLeavesNoFile() throws Exception {
    Path data = directory.resolve("data");
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client();
        TinyDisk disk = TinyDisk.mount(Files.createDirectory(directory.resolve("disk")), 1)) {
      disk.fill();
      Path file = directory.resolve("disk/backup.zip");

      disk.inside(backup(data, file)).run().requireExit(LOCAL_FILE);
      assertThat(disk.seen(file)).doesNotExist();
      assertThat(client.isServing()).isTrue();
    }
  }

  /** Issues and revokes before and during the backup; answers what was known before it began. */
  private List<Known> backUpUnderLoad(JetonClient client, Path data, Path file) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Future<?>> streams = new ArrayList<>();
    try {
      for (int thread = 0; thread < THREADS; thread++) {
        streams.add(threads.submit(() -> issueAndRevoke(client, isOver)));
      }
      await("tokens to back up")
          .atMost(Duration.ofSeconds(60))
          .until(() -> known.size() >= BEFORE || !failures.isEmpty());
      List<Known> before = List.copyOf(known);
      backup(data, file).run().requireOk();
      int during = known.size() - before.size();
      isOver.set(true);
      for (Future<?> stream : streams) {
        stream.get();
      }
      assertThat(during).as("tokens issued during the backup").isPositive();
      return before;
    } finally {
      isOver.set(true);
      threads.shutdownNow();
    }
  }

  private void issueAndRevoke(JetonClient client, AtomicBoolean isOver) {
    try {
      for (int number = 0; !isOver.get(); number++) {
        Secret secret = client.tokens().issue(IssueSpec.builder().subject("load").build()).secret();
        boolean isRevoked = number % 3 == 0;
        if (isRevoked) {
          client.tokens().revoke(TokenRef.secret(secret));
        }
        known.add(new Known(secret, isRevoked));
      }
    } catch (RuntimeException e) {
      failures.add(e.toString());
    }
  }

  private static void requireAsBefore(JetonClient client, List<Known> before) {
    List<Verdict> verdicts =
        client.tokens().verifyAll(before.stream().map(k -> VerifySpec.of(k.secret())).toList());
    for (int i = 0; i < before.size(); i++) {
      assertThat(verdicts.get(i).active()).isEqualTo(!before.get(i).isRevoked());
      if (before.get(i).isRevoked()) {
        assertThat(verdicts.get(i).reason()).contains(InactiveReason.REVOKED);
      }
    }
  }

  private static Launch backup(Path data, Path file) {
    return Launch.jeton("backup", "--data-dir", data.toString(), "--out", file.toString());
  }

  private static Launch restore(Path file, Path data) {
    return Launch.jeton("restore", file.toString(), "--data-dir", data.toString());
  }
}
