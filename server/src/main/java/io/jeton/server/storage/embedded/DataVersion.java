package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release series of a MariaDB. The newest that ran on a data directory is written down there:
 * an older one may open the data, and damage it.
 */
record DataVersion(int major, int minor) implements Comparable<DataVersion> {
  private static final Pattern REPORTED = Pattern.compile("Ver (\\d+)\\.(\\d+)\\.");
  private static final Pattern RECORDED = Pattern.compile("(\\d+)\\.(\\d+)\\s*");
  private static final Comparator<DataVersion> ORDER =
      Comparator.comparingInt(DataVersion::major).thenComparingInt(DataVersion::minor);

  /** Asks the binary; one that does not run on this system is said to be so. */
  static DataVersion of(ServerBinary binary) throws EmbeddedDatabaseException, IOException {
    ProcessBuilder builder =
        new ProcessBuilder(binary.executable().toString(), "--no-defaults", "--version");
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    Matcher matcher = REPORTED.matcher(output);
    if (!matcher.find()) {
      throw new EmbeddedDatabaseException(
          "the embedded database does not run on this system: %s: %s"
              .formatted(binary.executable(), output.lines().findFirst().orElse("no output")));
    }
    return of(matcher);
  }

  /** Refuses data on which a newer one ran. */
  void check(DatabaseDirectory directory) throws EmbeddedDatabaseException, IOException {
    if (!Files.exists(directory.versionFile())) {
      return;
    }
    Matcher matcher = RECORDED.matcher(Files.readString(directory.versionFile()));
    if (matcher.matches() && of(matcher).compareTo(this) > 0) {
      throw new EmbeddedDatabaseException(
          "%s is data of MariaDB %s, newer than this MariaDB %s: run %s or newer"
              .formatted(directory.data(), of(matcher), this, of(matcher)));
    }
  }

  void record(DatabaseDirectory directory) throws IOException {
    PrivateFiles.write(directory.versionFile(), this + "\n");
  }

  @Override
  public int compareTo(DataVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }

  private static DataVersion of(Matcher matcher) {
    return new DataVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
