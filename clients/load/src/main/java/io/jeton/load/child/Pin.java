package io.jeton.load.child;

/** Binds processes to a core, where the system has {@code taskset}. */
public final class Pin {
  private Pin() {}

  /** Binds every thread of a process. Blocks. Answers whether it could be done. */
  public static boolean pin(ProcessHandle process, int cpu) {
    return Tool.run(
            "taskset", "-a", "-p", "-c", Integer.toString(cpu), Long.toString(process.pid()))
        .isPresent();
  }
}
