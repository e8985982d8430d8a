package io.jeton.load.child;

import java.time.Duration;

/** Reads the processor time of a process: on Linux utime and stime of /proc/PID/stat. */
public final class CpuTime {
  private CpuTime() {}

  /** What all threads of the process have used so far. Zero when the system does not say. */
  public static Duration of(ProcessHandle process) {
    // A handle asks the system anew each time.
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
