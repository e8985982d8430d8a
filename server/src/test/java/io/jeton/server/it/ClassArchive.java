package io.jeton.server.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * An archive of the distribution's classes as a running server has them, from which the tests'
 * processes start in two thirds of the time. Made once, by a server that starts and stops. A
 * process whose class path is another starts without it.
 */
final class ClassArchive {
  private ClassArchive() {}

  /** What to tell a JVM so that it starts from the archive. Blocks at the first call. */
  static String options() {
    return Made.OPTIONS;
  }

  private static final class Made {
    static final String OPTIONS = "-Xlog:disable -XX:SharedArchiveFile=" + archive();

    private static Path archive() {
      try {
        Path directory = Files.createTempDirectory("jeton-it-classes-").toRealPath();
        Path archive = directory.resolve("classes.jsa");
        directory.toFile().deleteOnExit();
        archive.toFile().deleteOnExit();
        Path data = Files.createTempDirectory("jeton-it-data-").toRealPath();
        Launch serve =
            Launch.jeton("serve", "--port", "0", "--data-dir", data.toString())
                .with(Launch.JAVA_OPTIONS, "-XX:ArchiveClassesAtExit=" + archive);
        try (JetonProcess server = JetonProcess.start(serve, data)) {
          server.stop();
        }
        try (Stream<Path> files = Files.walk(data)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
        return archive;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
