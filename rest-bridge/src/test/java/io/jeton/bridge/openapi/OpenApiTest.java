package io.jeton.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jeton.bridge.Instances;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Recording;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Replay;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.bridge.testing.Wire;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document against the recorded cases: each must say of the calls what the other does. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static List<String> contracts() {
    return Instances.defaults().stream().map(each -> (String) each.get("contract")).toList();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void recordedAnswers_areDocumented_andDocumentedAnswersRecorded(String contract)
      throws Exception {
    Set<String> seen = new TreeSet<>();
    for (Map.Entry<String, Recording> recorded : Recordings.all(contract).entrySet()) {
      List<Mounted> mounts = mounts(recorded.getValue().given());
      JsonNode document = JSON.readTree(OpenApi.document(mounts));
      Replay.play(
          recorded.getValue(),
          FakeWorld::start,
          (request, answer) -> check(
                  contract, recorded.getKey(), document, mounts, request, answer, seen));
    }

    assertThat(seen).isEqualTo(documented(contract));
  }

  @Test
  void document_isOpenApi_withEveryPathOfEveryMount_andNamesOfItsOwn() throws Exception {
    JsonNode document =
        document(
            List.of(
                Map.of("contract", "chatot"),
                Map.of("contract", "chatot", "name", "other", "prefixes", List.of("/a", "/b")),
                Map.of(
                    "contract",
                    "thinksns",
                    "prefixes",
                    List.of("/x"),
                    "public-url",
                    "https://plus.example.org")));

    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.get("paths").properties())
        .extracting(Map.Entry::getKey)
        .contains("/token", "/a/token", "/b/token", "/x/auth/login", "/x/tokens/{token}");
    assertThat(document.at("/paths/~1x~1auth~1login/servers/0/url").asText())
        .isEqualTo("https://plus.example.org");
    assertThat(document.at("/paths/~1a~1token/get/tags/0").asText()).isEqualTo("other");
    Set<String> ids = new HashSet<>();
    document
        .get("paths")
        .forEach(
            item ->
                item.forEach(
                    call ->
                        Optional.ofNullable(call.get("operationId"))
                            .ifPresent(id -> assertThat(ids.add(id.asText())).isTrue())));
    assertThat(ids).isNotEmpty();
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  /** What the cases of a contract must show. */
  private static Set<String> documented(String contract) throws Exception {
    Set<String> all = new TreeSet<>();
    JsonNode document = document(List.of(Map.of("contract", contract, "prefixes", List.of(""))));
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> answer : call.getValue().get("responses").properties()) {
          all.add(shown(path.getKey(), Integer.parseInt(answer.getKey())));
        }
      }
    }
    return all;
  }

  /** Whether an instance of a contract answers a call: other contracts are in its cases too. */
  private static boolean isOf(String contract, JsonNode call, List<Mounted> mounts) {
    return mounts.stream()
        .filter(mounted -> mounted.name().equals(call.at("/tags/0").asText()))
        .anyMatch(
            mounted -> mounted.contract().getClass().getPackageName().endsWith("." + contract));
  }

  private static void check(
      String contract,
      String name,
      JsonNode document,
      List<Mounted> mounts,
      Recording.Request request,
      Wire.Answer answer,
      Set<String> seen) {
    String path = request.path().replaceFirst("\\?.*", "");
    String method = request.method().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, JsonNode> item : document.get("paths").properties()) {
      JsonNode call = item.getValue().get(method);
      if (call == null || !path.matches(item.getKey().replaceAll("\\{\\w+\\}", "[^/]+"))) {
        continue;
      }
      JsonNode documented = call.get("responses").get(Integer.toString(answer.status()));
      String what = name + ": " + request.method() + " " + path + " " + answer.status();
      assertThat(documented).as(what).isNotNull();
      Optional<Map.Entry<String, JsonNode>> content =
          Optional.ofNullable(documented.get("content"))
              .map(types -> types.properties().iterator().next());
      if (content.isPresent()) {
        assertThat(answer.first("content-type")).as(what).hasValue(content.get().getKey());
        requireValid(what, document, content.get().getValue().get("schema"), answer);
      } else {
        assertThat(answer.text()).as(what).isEmpty();
      }
      if (isOf(contract, call, mounts)) {
        seen.add(shown(unprefixed(item.getKey(), mounts), answer.status()));
      }
    }
  }

  /** A success is shown for each path, a failure that calls have in common for one of them. */
  private static String shown(String path, int status) {
    return status < 400 ? path + " " + status : Integer.toString(status);
  }

  /** The path without the prefix of its mount. */
  private static String unprefixed(String path, List<Mounted> mounts) {
    return mounts.stream()
        .flatMap(mounted -> mounted.prefixes().stream())
        .filter(path::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(prefix -> path.substring(prefix.length()))
        .orElseThrow();
  }

  private static void requireValid(
      String what, JsonNode document, JsonNode schema, Wire.Answer answer) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.get("components"));
    if (schema.path("type").asText().equals("string") && !answer.text().startsWith("\"")) {
      assertThat(answer.text()).as(what).matches(schema.get("pattern").asText());
      return;
    }
    assertThat(SCHEMAS.getSchema(whole.toString()).validate(answer.text(), InputFormat.JSON))
        .as(what + ": " + answer.text())
        .isEmpty();
  }

  private static JsonNode document(List<Map<String, Object>> contracts) throws Exception {
    return JSON.readTree(
        OpenApi.document(
            Instances.of(contracts, reference -> reference)
                .mount(new FakeCore(new SettableClock(Instant.EPOCH)), () -> Instant.EPOCH)));
  }

  private static List<Mounted> mounts(Given given) {
    return Instances.of(given.contracts(), reference -> reference)
        .mount(new FakeCore(new SettableClock(given.start())), given::start);
  }
}
