package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import io.jeton.client.VerifySpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a server that writes JSON and every call. */
class LogIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String LICENCE = "LICENCE-of-the-log-4711";

  @TempDir private Path directory;

  @Test
  void log_isJson_withALineForEachCall_andWithoutASecret() throws Exception {
    Path data = directory.resolve("data");
    String token;
    List<JsonNode> lines = new ArrayList<>();
    String log;
    try (JetonProcess server =
        JetonProcess.start(
            Launch.jeton("serve", "--port", "0", "--data-dir", data.toString())
                .with("JETON_LOG_FORMAT", "json")
                .with("JETON_LOG_ACCESS", "all"),
            data)) {
      try (JetonClient client = server.client()) {
        token =
            client.tokens().issue(IssueSpec.builder().subject("logged").build()).secret().reveal();
        client.tokens().verify(VerifySpec.of(Secret.of(token)));
      }
      get(server.url() + "/token/verify?identification=x&machine=m&token=" + LICENCE);
      server.stop();
      log = server.process().err();
    }
    for (String line : log.lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }

    assertThat(log).doesNotContain(token, LICENCE, "/token/verify");
    assertThat(lines)
        .extracting(line -> line.path("formattedMessage").asText())
        .filteredOn(message -> message.startsWith("Jeton "))
        .singleElement()
        .asString()
        .matches("Jeton \\S+ runs with \\[.*log\\.format=json, log\\.access=all]");
    assertThat(values(lines, "grpc"))
        .anyMatch(values -> values.contains("TokenService/IssueToken") && values.contains("admin"))
        .anyMatch(values -> values.contains("TokenService/VerifyToken") && values.contains("OK"));
    assertThat(values(lines, "liveget"))
        .singleElement()
        .asString()
        .contains("GET", "request-of-the-log", TRACE);
  }

  /** The values of the lines about calls to an API. */
  private static List<String> values(List<JsonNode> lines, String api) {
    return lines.stream()
        .filter(line -> line.path("loggerName").asText().equals("jeton.access"))
        .map(line -> line.path("kvpList").toString())
        .filter(values -> values.contains("\"" + api + "\""))
        .toList();
  }

  private static void get(String url) throws Exception {
    HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("x-request-id", "request-of-the-log")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
