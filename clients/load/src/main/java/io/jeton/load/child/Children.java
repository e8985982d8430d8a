package io.jeton.load.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The processes and the directory of one measurement: all are gone when it is closed, and when the
 * program is interrupted.
 */
public final class Children implements AutoCloseable {
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final Path directory;
  private final Thread hook = new Thread(this::clear, "children");

  private Children(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes a new directory in the given one.
   *
   * @throws BenchException if it cannot be made
   */
  public static Children in(Path parent) {
    try {
      var children = new Children(Files.createTempDirectory(parent, "jeton-bench-"));
      Runtime.getRuntime().addShutdownHook(children.hook);
      return children;
    } catch (IOException e) {
      throw new BenchException(parent + ": no directory can be made in it", e);
    }
  }

  /** Where the processes may keep their data. */
  public Path directory() {
    return directory;
  }

  /** Takes charge of a process. */
  public Child add(Child child) {
    children.add(child);
    return child;
  }

  /** Ends a process before the others. Blocks. */
  public void end(Child child) {
    children.remove(child);
    child.close();
  }

  /** Deletes a directory and what is in it, as far as that is possible. */
  public static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println(directory + ": not all of it could be deleted");
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being interrupted, and the hook is at work.
      return;
    }
    clear();
  }

  private void clear() {
    children.forEach(Child::close);
    delete(directory);
  }
}
