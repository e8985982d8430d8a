package io.jeton.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.testing.BesideOthers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideOthers
class EmbeddedDatabaseStartFailureTest {
  @TempDir Path temporary;

  @Test
  void absentDistribution_isNamed() {
    Path absent = temporary.resolve("nowhere");
    EmbeddedDatabaseSettings settings =
        new EmbeddedDatabaseSettings(
            temporary, absent, Optional.empty(), 32L << 20, 50, Duration.ofSeconds(60));
    assertFailure(settings)
        .hasMessage(
            "no embedded database in "
                + absent
                + ": build on Linux x86-64, or set embedded.binary to an installed mariadbd");
  }

  @Test
  void dataDirectory_thatCannotBeMade_isNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertFailure(TestDatabases.settings(file.resolve("data")))
        .hasMessageContaining("cannot use data directory " + file.resolve("data"))
        .hasMessageContaining("Not a directory");
  }

  @Test
  void missingPermission_isSaid() {
    assertThat(StartFailure.of(new AccessDeniedException("/x/database"), Path.of("/x")))
        .hasMessage(
            "the embedded database cannot use data directory /x:"
                + " no permission to write /x/database");
  }

  @Test
  void foreignDirectory_isRefused_andLeftAlone() throws IOException {
    Path foreign = Files.createDirectories(temporary.resolve("database/data"));
    Files.writeString(foreign.resolve("ibdata1"), "of somebody else");
    assertFailure(TestDatabases.settings(temporary))
        .hasMessageContaining(foreign.toRealPath() + " holds no MariaDB system tables");
    assertThat(foreign.resolve("ibdata1")).hasContent("of somebody else");
  }

  @Test
  void dataThatMariaDbCannotRead_isRefused_inItsOwnWords() throws Exception {
    EmbeddedDatabase.start(TestDatabases.settings(temporary)).close();
    pretendNewerVersion(temporary.resolve("database/data/ib_logfile0"));
    assertFailure(TestDatabases.settings(temporary))
        .hasMessageContaining("the embedded database did not start on " + root().resolve("data"))
        .hasMessageContaining("MariaDB 99.1.2")
        .hasMessageContaining("; see " + root().resolve("mariadbd.log"));
  }

  @Test
  void dataOfNewerMariaDb_thatThisOneCouldOpen_isRefused() throws Exception {
    EmbeddedDatabase.start(TestDatabases.settings(temporary)).close();
    assertThat(root().resolve("version")).hasContent("11.4\n");
    Files.writeString(root().resolve("version"), "11.10\n");
    assertFailure(TestDatabases.settings(temporary))
        .hasMessage(
            root().resolve("data")
                + " is data of MariaDB 11.10, newer than this MariaDB 11.4: run 11.10 or newer");
  }

  @Test
  void unknownOption_isQuotedFromTheLog() {
    EmbeddedDatabase.Tuning wrong =
        new EmbeddedDatabase.Tuning(
            List.of("--no-such-option=1"), List.of(), EmbeddedDatabase.Ports::free);
    assertThatThrownBy(() -> EmbeddedDatabase.start(TestDatabases.settings(temporary), wrong))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageContaining("unknown variable 'no-such-option=1'")
        .hasMessageContaining("mariadbd.log");
  }

  @Test
  void wrongInitStatement_isAnError_thatDoesNotQuoteThePassword() {
    EmbeddedDatabase.Tuning wrong =
        new EmbeddedDatabase.Tuning(List.of(), List.of("NOT SQL"), EmbeddedDatabase.Ports::free);
    assertThatThrownBy(() -> EmbeddedDatabase.start(TestDatabases.settings(temporary), wrong))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageContaining("NOT SQL")
        .hasMessageNotContaining("IDENTIFIED");
    assertThat(temporary.resolve("database/init.sql")).doesNotExist();
  }

  @Test
  void slowStart_isGivenUp_andNothingIsLeftRunning() throws Exception {
    EmbeddedDatabase.start(TestDatabases.settings(temporary)).close();
    EmbeddedDatabaseSettings hasty =
        new EmbeddedDatabaseSettings(
            temporary,
            TestDatabases.distribution(),
            Optional.empty(),
            32L << 20,
            50,
            Duration.ofNanos(1));
    assertFailure(hasty).hasMessageContaining("did not answer within");
    DatabaseDirectory directory = DatabaseDirectory.under(temporary);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> LeftoverServers.runsOn(process, directory));
  }

  @Test
  void fullDisk_isSaid() throws Exception {
    Path full = Files.createSymbolicLink(temporary.resolve("full"), Path.of("/dev/full"));
    EmbeddedDatabase.Tuning onFullDisk =
        new EmbeddedDatabase.Tuning(
            List.of("--pid-file=" + full), List.of(), EmbeddedDatabase.Ports::free);
    assertThatThrownBy(() -> EmbeddedDatabase.start(TestDatabases.settings(temporary), onFullDisk))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessage(
            "the embedded database did not start: No space left on device for %s; see %s",
            root(), root().resolve("mariadbd.log"));
  }

  /** Each as MariaDB 11.4 wrote it on a file system that was too small. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ERROR] InnoDB: preallocating 10485760 bytes for file .//undo003 failed with error 28",
        "[ERROR] InnoDB: Could not set the file size of './ibtmp1'. Probably out of disk space",
        "[Warning] mariadbd: Disk is full writing 'x' (Errcode: 28 \"No space left on device\")."
            + " Waiting for someone to free space..."
      })
  void fullDisk_isRecognised_inEveryWordingOfMariaDb(String line) throws IOException {
    Path file = temporary.resolve("mariadbd.log");
    Files.writeString(file, "an older start: No space left on device\n");
    ServerLog log = ServerLog.fromHere(file);
    assertThat(log.isDiskFull()).isFalse();
    Files.writeString(file, "2026-01-01  0:00:00 0 " + line + "\n", StandardOpenOption.APPEND);
    assertThat(log.isDiskFull()).isTrue();
  }

  private AbstractThrowableAssert<?, ?> assertFailure(EmbeddedDatabaseSettings settings) {
    return assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("Exception");
  }

  private Path root() throws IOException {
    return temporary.toRealPath().resolve("database");
  }

  /** Rewrites the header of the redo log: format, creator and checksum (InnoDB, log0log.h). */
  private static void pretendNewerVersion(Path redoLog) throws IOException {
    byte[] file = Files.readAllBytes(redoLog);
    ByteBuffer header = ByteBuffer.wrap(file, 0, 512).order(ByteOrder.BIG_ENDIAN);
    header.putInt(0, header.getInt(0) + 1);
    byte[] creator = Arrays.copyOf("MariaDB 99.1.2".getBytes(StandardCharsets.US_ASCII), 32);
    header.position(16).put(creator);
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, 508);
    header.putInt(508, (int) checksum.getValue());
    Files.write(redoLog, file);
  }
}
