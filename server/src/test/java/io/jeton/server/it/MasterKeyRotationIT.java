package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A new master key is taken into use by a restart, and everything goes on. */
@Isolated("a contract has a second for a login, the first of a new process too")
class MasterKeyRotationIT {
  private static final int NOT_STARTED = 6;
  private static final int THREADS = 3;
  private static final int CALLS = 100;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path directory;

  @Test
  void newKey_isTakenIntoUse_andTheOldOneIsNoLongerNeeded() throws Exception {
    Path data = directory.resolve("data");
    Path next = Files.writeString(directory.resolve("next.key"), "5a".repeat(32) + "\n");
    IssueSpec owed = IssueSpec.builder().subject("owed").requestId("owed-1").build();
    Secret answer;
    String signed;
    try (JetonProcess server = JetonProcess.start(data, "--demo");
        JetonClient client = server.client()) {
      answer = client.tokens().issue(owed).secret();
      signed = login(server.url());
      server.stop();
    }

    try (JetonProcess server =
            JetonProcess.start(
                serve(data)
                    .with("JETON_MASTER_KEY", "file:" + next)
                    .with("JETON_PREVIOUS_MASTER_KEYS", "file:" + data.resolve("master.key")),
                data);
        JetonClient client = server.client()) {
      assertThat(server.process().err()).contains("now encrypted under master-key");
      requireAllWorks(server, client, owed, answer, signed);
      underLoad(server, client);
      server.stop();
    }

    Files.delete(data.resolve("master.key"));
    try (JetonProcess server =
            JetonProcess.start(serve(data).with("JETON_MASTER_KEY", "file:" + next), data);
        JetonClient client = server.client()) {
      requireAllWorks(server, client, owed, answer, signed);
      server.stop();
    }
    serve(data)
        .with("JETON_MASTER_KEY", "env:OLD")
        .with("JETON_PREVIOUS_MASTER_KEYS", "env:OTHER")
        .with("OLD", "11".repeat(32))
        .with("OTHER", "22".repeat(32))
        .run()
        .requireExit(NOT_STARTED)
        .requireErr("the master key is not the one", "nor is any of previous-master-keys");
  }

  @Test
  void previousKeyOfAnotherForm_isNamedAndNotRepeated() {
    Finished finished =
        serve(directory.resolve("data"))
            .with("JETON_PREVIOUS_MASTER_KEYS", "env:KEY")
            .with("KEY", "0123456789abcdef-no-key")
            .run();

    finished.requireOneLine(NOT_STARTED, "previous-master-keys: env:KEY", "64 hexadecimal digits");
    assertThat(finished.err()).doesNotContain("0123456789abcdef");
  }

  private static Launch serve(Path data) {
    return Launch.jeton("serve", "--demo", "--port", "0", "--data-dir", data.toString());
  }

  /** An answer that is owed, a token that a key signed, a key that signs. */
  private static void requireAllWorks(
      JetonProcess server, JetonClient client, IssueSpec owed, Secret answer, String signed)
      throws Exception {
    assertThat(client.tokens().issue(owed).secret()).isEqualTo(answer);
    assertThat(client.tokens().verify(answer).active()).isTrue();
    assertThat(client.tokens().verify(Secret.of(signed)).active()).isTrue();
    String next = login(server.url());
    assertThat(client.tokens().verify(Secret.of(next)).active()).isTrue();
    assertThat(next.split("\\.")[0]).isEqualTo(signed.split("\\.")[0]);
  }

  private static void underLoad(JetonProcess server, JetonClient client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> streams = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        streams.add(
            threads.submit(
                () -> {
                  for (int call = 0; call < CALLS; call++) {
                    Secret secret =
                        client.tokens().issue(IssueSpec.builder().subject("load").build()).secret();
                    assertThat(client.tokens().verify(secret).active()).isTrue();
                  }
                  return login(server.url());
                }));
      }
      for (Future<?> stream : streams) {
        stream.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Logs in through thinksns, whose tokens are signed. */
  private static String login(String url) throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v2/auth/login"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"login\":\"Seven\",\"password\":\"sesame 1\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
  }
}
