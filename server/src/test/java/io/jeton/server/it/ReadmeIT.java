package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs what the README tells a newcomer to run, in one shell, and compares what it shows. */
@Isolated("a contract has a second for a login, the first of a new process too")
class ReadmeIT {
  private static final String SHOWN_URL = "http://127.0.0.1:8420";
  private static final String END = "\u0001end of step";

  @TempDir private Path directory;

  @Test
  void mavenLines_areTheTwoOfTheDesign() throws IOException {
    assertThat(readme().mavenLines())
        .containsExactly(
            "mvn -B -ntp -DskipTests package && server/target/jeton/bin/jeton serve --demo",
            "mvn -B -ntp verify");
  }

  @Test
  void commands_printWhatIsShown() throws IOException {
    List<Readme.Step> steps = readme().steps();
    assertThat(steps).hasSizeGreaterThan(5);
    Path folder = folderLikeTheRepository();

    try (JetonProcess server =
        JetonProcess.start(
            Launch.of("server/target/jeton/bin/jeton", "serve", "--demo", "--port", "0").in(folder),
            folder.resolve("jeton-data"))) {
      StringBuilder script = new StringBuilder();
      for (Readme.Step step : steps) {
        script.append(step.command().replace(SHOWN_URL, server.url())).append('\n');
        script.append("echo '").append(END).append("'\n");
      }
      Path file = directory.resolve("script");
      Finished session =
          Launch.of("sh", Files.writeString(file, "exec 2>&1\n" + script).toString())
              .in(folder)
              .run(Duration.ofMinutes(3));
      assertThat(session.out()).as(session.err()).endsWith(END + "\n");

      String[] outputs = session.out().replace(server.url(), SHOWN_URL).split(END + "\n", -1);
      assertThat(outputs).hasSize(steps.size() + 1);
      for (int i = 0; i < steps.size(); i++) {
        Readme.Step step = steps.get(i);
        assertThat(step.isShownBy(outputs[i]))
            .as("%s%nshown:%n%s%nprinted:%n%s", step.command(), step.shown(), outputs[i])
            .isTrue();
      }
    }
  }

  private static Readme readme() throws IOException {
    return Readme.of(Files.readString(Repository.root().resolve("README.md")));
  }

  /** Everything of the repository, and a data directory that is not. */
  private Path folderLikeTheRepository() throws IOException {
    Path folder = Files.createDirectory(directory.toRealPath().resolve("repository"));
    try (Stream<Path> entries = Files.list(Repository.root())) {
      for (Path entry : entries.filter(e -> !e.endsWith("jeton-data")).toList()) {
        Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
      }
    }
    return folder;
  }
}
