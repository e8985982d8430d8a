package io.jeton.load.child;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds processes to a core, where the system has {@code taskset}. */
public final class Pin {
  /** The cores that this program had before it was bound, once it has been. */
  private static @Nullable String before;

  private Pin() {}

  /** Binds every thread of a process. Blocks. Answers whether it could be done. */
  public static synchronized boolean pin(ProcessHandle process, int cpu) {
    if (before == null && process.equals(ProcessHandle.current())) {
      before = coresOf(process).orElse(null);
    }
    return pin(process, Integer.toString(cpu));
  }

  /**
   * Gives this program back the cores that it had, so that processes which it starts get them too.
   * Blocks.
   */
  static synchronized void release() {
    if (before != null) {
      pin(ProcessHandle.current(), before);
      before = null;
    }
  }

  /** The cores that a process may use, as {@code taskset} writes them. */
  static Optional<String> coresOf(ProcessHandle process) {
    return Tool.run("taskset", "-p", "-c", Long.toString(process.pid()))
        .map(said -> said.substring(said.lastIndexOf(' ') + 1).strip());
  }

  private static boolean pin(ProcessHandle process, String cores) {
    return Tool.run("taskset", "-a", "-p", "-c", cores, Long.toString(process.pid())).isPresent();
  }
}
