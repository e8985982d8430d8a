package io.jeton.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself at {@code /status} of its operators' port.
 *
 * @param warnings what somebody should look after
 * @param sections the lines for a person, by section
 * @param json the whole answer
 */
record NodeReport(List<String> warnings, Map<String, List<String>> sections, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final String PATH = "/status";

  /**
   * Asks for it. Blocks.
   *
   * @param opsUrl the port: {@code http://HOST:PORT}
   * @throws CliException when there is no such answer in time
   */
  static NodeReport ask(String opsUrl) {
    URI uri;
    try {
      uri = URI.create(opsUrl + PATH);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--ops: not a URL (expected: http://HOST:PORT)");
    }
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build()
              .send(
                  HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
                  HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw unanswered(opsUrl, "HTTP status " + response.statusCode());
      }
      return of(JSON.readTree(response.body()));
    } catch (IOException e) {
      throw unanswered(opsUrl, "no answer");
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--ops: not a URL (expected: http://HOST:PORT)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered(opsUrl, "interrupted");
    }
  }

  private static CliException unanswered(String opsUrl, String why) {
    return new CliException(ExitCode.UNAVAILABLE, "no status from " + opsUrl + PATH + ": " + why);
  }

  private static NodeReport of(JsonNode json) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    json.path("sections")
        .properties()
        .forEach(each -> sections.put(each.getKey(), texts(each.getValue().path("lines"))));
    return new NodeReport(texts(json.path("warnings")), sections, json);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
