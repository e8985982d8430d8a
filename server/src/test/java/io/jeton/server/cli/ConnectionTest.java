package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private final FakeJeton server = new FakeJeton();
  private final Run run = new Run();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void dataDirectory_givesServerAndKey() throws Exception {
    write("server.url", server.url() + "\n");
    write("admin.key", FakeJeton.KEY + "\n");

    assertThat(run.jeton("token", "list", "--data-dir", directory.toString()).exit()).isZero();
  }

  @Test
  void options_goBeforeTheEnvironment_andTheEnvironmentBeforeTheDataDirectory() throws Exception {
    write("server.url", "http://127.0.0.1:1");
    write("admin.key", "jt_svc_other");
    Path key = write("my.key", FakeJeton.KEY);
    String dir = directory.toString();

    run.env.put("JETON_SERVER", server.url());
    run.env.put("JETON_KEY", FakeJeton.KEY);
    assertThat(run.jeton("token", "list", "--data-dir", dir).exit()).isZero();

    run.env.put("JETON_SERVER", "http://127.0.0.1:1");
    run.env.put("JETON_KEY", "jt_svc_other");
    assertThat(
            run.jeton("token", "list", "--server", server.url(), "--key-file", key.toString())
                .exit())
        .isZero();
  }

  @Test
  void dataDirectory_isThatOfTheVariable_unlessAnOptionSaysOtherwise() throws Exception {
    write("server.url", server.url());
    write("admin.key", FakeJeton.KEY);

    run.env.put("JETON_DATA_DIR", directory.toString());
    assertThat(run.jeton("token", "list").exit()).isZero();

    run.env.put("JETON_DATA_DIR", directory.resolve("none").toString());
    assertThat(run.jeton("token", "list").err()).contains(directory + "/none/server.url:");
    assertThat(run.jeton("token", "list", "--data-dir", directory.toString()).exit()).isZero();
  }

  @Test
  void emptyVariable_isNotSet() throws Exception {
    write("server.url", server.url());
    write("admin.key", FakeJeton.KEY);
    run.env.put("JETON_SERVER", "");
    run.env.put("JETON_KEY", "");

    assertThat(run.jeton("token", "list", "--data-dir", directory.toString()).exit()).isZero();
  }

  @Test
  void noServer_saysWhatWasLookedFor() {
    Run.Result result = run.jeton("token", "list", "--data-dir", directory.toString());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "error: no server given and no %s/server.url: start one with 'jeton serve' or name it with --server\n"
                .formatted(directory));
  }

  @Test
  void noKey_saysWhatWasLookedFor() throws Exception {
    write("server.url", server.url());

    Run.Result result = run.jeton("token", "list", "--data-dir", directory.toString());

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err())
        .isEqualTo(
            "error: no key given and no %s/admin.key: name its file with --key-file or put the key in JETON_KEY\n"
                .formatted(directory));
  }

  @Test
  void keyOfTheDataDirectory_isNotSentElsewhere() throws Exception {
    write("server.url", server.url());
    write("admin.key", FakeJeton.KEY);

    Run.Result result =
        run.jeton(
            "token",
            "list",
            "--data-dir",
            directory.toString(),
            "--server",
            "http://elsewhere.invalid:1");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).startsWith("error: no key given for http://elsewhere.invalid:1: ");
  }

  @Test
  void missingKeyFile_isALocalFileProblem() {
    Path file = directory.resolve("none.key");

    Run.Result result =
        run.jeton("token", "list", "--server", server.url(), "--key-file", file.toString());

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).isEqualTo("error: cannot read " + file + ": no such file\n");
  }

  @Test
  void wrongKey_isRefused_andNotRepeated() {
    run.env.put("JETON_KEY", "jt_svc_wrong");

    Run.Result result = run.jeton("token", "list", "--server", server.url());

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).isEqualTo("error: the service key is not valid (KEY_INVALID)\n");
  }

  @Test
  void keyThatCannotBeSent_isUsage_andNotRepeated() {
    run.env.put("JETON_KEY", "jt_svc_one two");

    Run.Result result = run.jeton("token", "list", "--server", server.url());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).doesNotContain("one two").contains("not a service key");
  }

  @Test
  void nobodyListening_isThree() throws Exception {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }
    run.env.put("JETON_KEY", FakeJeton.KEY);

    Run.Result list = run.jeton("token", "list", "--server", url);
    Run.Result status = run.jeton("status", "--server", url);

    assertThat(list.exit()).isEqualTo(3);
    assertThat(list.err()).isEqualTo("error: no answer from " + url + ": connection refused\n");
    assertThat(status).isEqualTo(new Run.Result(3, "", list.err()));
  }

  @Test
  void status_needsNoKey() {
    Run.Result result = run.jeton("status", "--server", server.url());
    Run.Result json = run.jeton("status", "--server", server.url(), "--json");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .matches("serving\naddress:    " + server.url() + "\nround trip: \\d+\\.\\d ms\n");
    assertThat(json.out()).startsWith("{\"serving\":true,\"server\":\"" + server.url() + "\",");
  }

  @Test
  void status_isThree_whenTheServerDoesNotServe() {
    server.health.setStatus("", ServingStatus.NOT_SERVING);

    Run.Result result = run.jeton("status", "--server", server.url());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).startsWith("not serving\n");
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }
}
