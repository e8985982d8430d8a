package io.jeton.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user gives them, with {@link FakeTokenService} as the server. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;

  @TempDir Path directory;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(systemOut);
    System.setErr(systemErr);
    System.clearProperty("jeton.home");
  }

  @Test
  void floor_printsRoundsAndARatio() {
    assertThat(run("floor")).isZero();
    assertThat(out())
        .contains("F1 default", "F1 lean / F1 default: req/s ", "wrong answers: 0 of ");
  }

  @Test
  void verify_startsWeighsAndMeasuresAServer() throws IOException {
    installFakeServer();
    int exit = run("verify", "--tokens=1500", "--memory", "--json", "--work-dir=" + directory);
    assertThat(exit).as(err()).isZero();
    JsonNode result = new ObjectMapper().readTree(out()).get("result");
    assertThat(result.get("wrong").asLong()).isZero();
    assertThat(result.get("rounds")).hasSize(4);
    assertThat(result.get("medians").get(1).get("cpuMicros").asDouble()).isPositive();
    assertThat(result.get("ratios").get(0).get("requestsPerSecond").asDouble()).isPositive();
    assertThat(result.get("heap").get("tokens").asInt()).isEqualTo(750);
    assertThat(directory).isDirectoryNotContaining("glob:**/jeton-bench-*");
  }

  @Test
  void verify_measuresARunningServer() {
    Server server = new FakeTokenService().server();
    server.start().join();
    int exit =
        run("verify", "--tokens=500", "--server=http://127.0.0.1:" + server.activeLocalPort());
    server.stop();
    assertThat(exit).as(err()).isZero();
    assertThat(out()).contains("jeton / F1 default: req/s ");
  }

  @Test
  void verify_exitsWithOne_whenAnAnswerIsWrong() {
    var service = new FakeTokenService();
    service.isLying = () -> service.verified == 100;
    Server server = service.server();
    server.start().join();
    int exit =
        run("verify", "--tokens=500", "--server=http://127.0.0.1:" + server.activeLocalPort());
    server.stop();
    // The hundredth verification is made while warming up, where wrong answers count too.
    assertThat(exit).isEqualTo(1);
    assertThat(out()).contains("wrong answers: 1 of ", "1 × inactive: INACTIVE_REASON_UNKNOWN");
  }

  @Test
  void start_printsTimes_ofNewAndExistingDirectories() throws IOException {
    installFakeServer();
    assertThat(Main.run("start", "--runs=1", "--work-dir=" + directory)).as(err()).isZero();
    assertThat(out().lines()).hasSize(4).allMatch(l -> l.matches(".*median +\\d+\\.\\d\\d s.*"));
  }

  @Test
  void all_goesOnAfterAPartThatFails_andExitsWithOne() throws IOException {
    installFakeServer();
    Path json = directory.resolve("all.json");
    // The fake server cannot revoke.
    int exit =
        Main.run(
            "--all", "--quick", "--parts=mixed,start", "--json=" + json, "--work-dir=" + directory);
    assertThat(exit).as(err()).isEqualTo(1);
    assertThat(out())
        .contains("P9   seconds to an answer", "FAILED mixed: ", "wrong answers: 0 of");
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    assertThat(all.get("findings")).hasSize(2);
    assertThat(all.get("findings").get(0).get("id").asText()).isEqualTo("P9");
    assertThat(all.get("failures").get("mixed").asText()).contains("RevokeToken");
    assertThat(all.get("machine").get("java").asText()).isNotEmpty();
  }

  @Test
  void error_isOneLine() {
    assertThat(run("verify", "--server=http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err()).startsWith("jeton bench: http://127.0.0.1:1: ").hasLineCount(1);
  }

  @Test
  void error_saysThatThereIsNoServerToStart() {
    assertThat(run("verify")).isEqualTo(1);
    assertThat(err())
        .isEqualToIgnoringNewLines(
            "jeton bench: no server to start: run it as `jeton bench`, or give --server");
  }

  @Test
  void help_isAnsweredByEveryCommand() {
    for (String command :
        List.of(
            "verify", "start", "floor", "flood", "rest", "issue", "refresh", "miss", "batch",
            "mixed", "latency", "rows")) {
      assertThat(Main.run(command, "--help")).isZero();
      assertThat(out()).contains("Usage: jeton bench " + command);
    }
    assertThat(Main.run("--help")).isZero();
  }

  @Test
  void wrongUsage_exitsWithTwo() {
    assertThat(Main.run("verify", "--rounds=many")).isEqualTo(2);
    assertThat(Main.run("verify", "--rounds=0")).isEqualTo(2);
    assertThat(Main.run("verify", "--floor=nope")).isEqualTo(2);
    assertThat(Main.run()).isEqualTo(2);
    assertThat(err().lines()).hasSize(4).allMatch(l -> l.startsWith("jeton bench: "));
  }

  private int run(String command, String... options) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--rounds=1", "--seconds=1", "--warmup=1", "--no-pin"));
    all.addAll(Arrays.asList(options));
    return Main.run(all.toArray(String[]::new));
  }

  private void installFakeServer() throws IOException {
    Path jeton = Files.createDirectories(directory.resolve("home/bin")).resolve("jeton");
    Files.writeString(
        jeton,
        "#!/bin/sh\nexec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                FakeTokenService.class.getName()));
    Files.setPosixFilePermissions(jeton, PosixFilePermissions.fromString("rwx------"));
    System.setProperty("jeton.home", directory.resolve("home").toString());
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
