package io.jeton.bridge.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  @TempDir Path directory;

  @Test
  void curl_keepsNumbersToo() throws Exception {
    Path shown = directory.resolve("shown");
    String line =
        new Example("c", "t", "GET", "/a", Map.of(), "", 200, Map.of("ID", "_id")).curl("");
    Process shell =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    "curl() { echo '{\"data\":{\"token\":\"abc\",\"_id\":17,\"name\":\"x\"}}'; }\n"
                        + line
                        + "\necho \"then $ID\""))
            .redirectOutput(shown.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    assertThat(Files.readAllLines(shown)).last().isEqualTo("then 17");
  }

  @Test
  void curl_showsTheAnswer_alsoInAFileThatHoldsEarlierOnes() throws Exception {
    Path shown = directory.resolve("shown");
    String line =
        new Example("c", "t", "GET", "/a", Map.of(), "", 200, Map.of("TOKEN", "token")).curl("");
    Process shell =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    "curl() { echo '{\"token\":\"abc\"}'; }\necho before\n"
                        + line
                        + "\necho \"then $TOKEN\""))
            .redirectOutput(shown.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    assertThat(Files.readAllLines(shown))
        .containsExactly("before", "{\"token\":\"abc\"}", "then abc");
  }
}
