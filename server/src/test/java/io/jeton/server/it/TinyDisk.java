package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file system in memory of a limited size, mounted on a directory for those processes alone that
 * run inside. It needs no privilege but that of making user namespaces. Closing it ends whatever
 * runs inside.
 */
final class TinyDisk implements AutoCloseable {
  private final Child holder;
  private final Path directory;

  private TinyDisk(Child holder, Path directory) {
    this.holder = holder;
    this.directory = directory;
  }

  static TinyDisk mount(Path directory, int megabytes) {
    String script =
        "mount -t tmpfs -o size=\"$1\"m,mode=0755 tmpfs \"$2\" && echo mounted && exec sleep 600";
    Child holder =
        Launch.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "tiny")
            .then(Integer.toString(megabytes), directory.toString())
            .start();
    TinyDisk disk = new TinyDisk(holder, directory);
    try {
      await("a tiny disk")
          .atMost(Duration.ofSeconds(10))
          .until(() -> holder.out().equals("mounted\n") || !holder.isRunning());
      assertThat(holder.out())
          .as("this test needs a user namespace with a tmpfs in it; unshare says: " + holder.err())
          .isEqualTo("mounted\n");
      return disk;
    } catch (Throwable e) {
      disk.close();
      throw e;
    }
  }

  /** Runs a command where the disk is mounted. */
  Launch inside(Launch launch) {
    return launch.under(
        "nsenter",
        "--preserve-credentials",
        "--user",
        "--mount",
        "--target",
        Long.toString(holder.pid()),
        "--");
  }

  /** The name that this process has for a file on the disk. */
  Path seen(Path file) {
    return Path.of("/proc/" + holder.pid() + "/root" + file);
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    try (OutputStream ballast = Files.newOutputStream(seen(ballast()))) {
      byte[] block = new byte[4096];
      while (true) {
        ballast.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  void makeRoom() throws IOException {
    Files.delete(seen(ballast()));
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  @Override
  public void close() {
    holder.close();
  }
}
