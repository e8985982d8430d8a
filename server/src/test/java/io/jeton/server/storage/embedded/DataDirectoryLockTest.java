package io.jeton.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {
  @TempDir Path temporary;

  @Test
  void take_refuses_whatAnotherProcessHolds_untilThatIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start(ChildJvm.HoldsLock.class, temporary)) {
      child.await("holds ");
      assertRefused(child.pid());
      child.kill();
    }
    DataDirectoryLock.take(temporary).close();
  }

  @Test
  void take_refuses_whatThisProcessHolds_andKeepsOthersOut() throws Exception {
    long self = ProcessHandle.current().pid();
    try (DataDirectoryLock lock = DataDirectoryLock.take(temporary)) {
      assertThat(lock).isNotNull();
      assertRefused(self);
      assertRefused(self);
      try (ChildJvm child = ChildJvm.start(ChildJvm.HoldsLock.class, temporary)) {
        assertThat(child.await("refused "))
            .isEqualTo("data directory " + temporary + " is in use by process " + self);
      }
    }
  }

  @Test
  void take_again_afterClose() throws Exception {
    DataDirectoryLock lock = DataDirectoryLock.take(temporary);
    lock.close();
    lock.close();
    try (DataDirectoryLock again = DataDirectoryLock.take(temporary)) {
      lock.close();
      assertThat(again).isNotNull();
      assertRefused(ProcessHandle.current().pid());
    }
  }

  @Test
  void take_makesPrivateDirectory_withThePidInIt() throws Exception {
    Path data = temporary.resolve("a/b");
    DataDirectoryLock.take(data).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(data.resolve("jeton.lock")).hasContent(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void take_namesTheDirectory_thatCannotBeUsed() throws IOException {
    Path data = Files.createFile(temporary.resolve("file")).resolve("data");
    assertThatThrownBy(() -> DataDirectoryLock.take(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data directory " + data + " cannot be used: ")
        .hasMessageContaining("Not a directory");
  }

  private void assertRefused(long holder) {
    assertThatThrownBy(() -> DataDirectoryLock.take(temporary))
        .isInstanceOf(IOException.class)
        .hasMessage("data directory " + temporary + " is in use by process " + holder);
  }
}
