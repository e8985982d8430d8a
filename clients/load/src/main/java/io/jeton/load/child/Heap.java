package io.jeton.load.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how much of a JVM's heap is in use, by {@code jcmd}. */
public final class Heap {
  /** A generation, or the heap of a collector without generations; the metaspace has no total. */
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private Heap() {}

  /** Whether this Java has what it takes. */
  public static boolean isReadable() {
    return Files.isExecutable(jcmd());
  }

  /**
   * The bytes in use after two full collections. Blocks.
   *
   * @throws BenchException if this Java has no {@code jcmd}, or it cannot reach the process
   */
  public static long liveBytes(ProcessHandle process) {
    jcmd(process, "GC.run");
    jcmd(process, "GC.run");
    long bytes = usedBytes(jcmd(process, "GC.heap_info"));
    if (bytes == 0) {
      throw new BenchException("jcmd GC.heap_info says nothing that is understood");
    }
    return bytes;
  }

  static long usedBytes(String heapInfo) {
    long kibibytes = 0;
    for (Matcher used = USED.matcher(heapInfo); used.find(); ) {
      kibibytes += Long.parseLong(used.group(1));
    }
    return 1024 * kibibytes;
  }

  private static Path jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd");
  }

  private static String jcmd(ProcessHandle process, String command) {
    return Tool.run(jcmd().toString(), Long.toString(process.pid()), command)
        .orElseThrow(() -> new BenchException("--memory needs a JDK: jcmd " + command + " failed"));
  }
}
