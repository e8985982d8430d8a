package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.ValidatorFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.AccountServiceProto;
import io.jeton.v1.ApplicationServiceProto;
import io.jeton.v1.CallerServiceProto;
import io.jeton.v1.ImportServiceProto;
import io.jeton.v1.KeyServiceProto;
import io.jeton.v1.ModuleServiceProto;
import io.jeton.v1.SessionServiceProto;
import io.jeton.v1.TokenServiceProto;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcDocsTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void everyRpc_hasAnExample_thatTheServerWouldTake() throws Exception {
    Map<String, Map<String, JsonNode>> examples = GrpcDocs.examples();
    for (ServiceDescriptor service : services()) {
      assertThat(examples.get(service.getFullName()).keySet())
          .as(service.getFullName())
          .containsExactlyInAnyOrderElementsOf(
              service.getMethods().stream().map(MethodDescriptor::getName).toList());
      for (MethodDescriptor method : service.getMethods()) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
        JsonFormat.parser()
            .merge(examples.get(service.getFullName()).get(method.getName()).toString(), message);
        assertThat(ValidatorFactory.newBuilder().build().validate(message.build()).getViolations())
            .as(method.getFullName())
            .isEmpty();
      }
    }
    assertThat(examples).hasSameSizeAs(services());
  }

  @Test
  void page_showsEveryRpc_withTheWordsOfItsProto_andItsExample() throws Exception {
    assertThat(get("/docs/").body()).contains("<html");

    JsonNode specification = new ObjectMapper().readTree(get("/docs/specification.json").body());
    Set<String> shown = new HashSet<>();
    for (JsonNode service : specification.get("services")) {
      for (JsonNode method : service.get("methods")) {
        shown.add(service.get("name").asText() + "/" + method.get("name").asText());
        assertThat(parsed(method.get("exampleRequests")))
            .as(method.get("id").asText())
            .contains(
                GrpcDocs.examples()
                    .get(service.get("name").asText())
                    .get(method.get("name").asText()));
        String name = service.get("name").asText() + "/" + method.get("name").asText();
        assertThat(specification.at("/docStrings").path(name).path("docString").asText())
            .as(name)
            .isNotBlank();
      }
    }
    List<String> all = new ArrayList<>();
    services()
        .forEach(
            service ->
                service
                    .getMethods()
                    .forEach(method -> all.add(service.getFullName() + "/" + method.getName())));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void call_canBeTriedFromThePage_withAKeyAlone() throws Exception {
    String issue = "{\"subject\":\"tried\",\"lifetime\":\"60s\"}";
    HttpResponse<String> made = call("TokenService/IssueToken", issue, node.adminKey());
    assertThat(made.headers().firstValue("grpc-status")).hasValue("0");
    assertThat(made.body()).contains("\"subject\":\"tried\"");

    HttpResponse<String> refused = call("TokenService/IssueToken", issue, "jt_svc_wrong");
    assertThat(refused.headers().firstValue("grpc-status")).hasValue("16");
    assertThat(refused.body()).doesNotContain("tried");
  }

  @Test
  void openApi_describesTheContractsThatAreMounted() throws Exception {
    HttpResponse<String> answer = get("/openapi.json");

    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("application/json; charset=utf-8");
    JsonNode document = new ObjectMapper().readTree(answer.body());
    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.get("paths").has("/token")).isTrue();
    assertThat(document.get("paths").has("/api/v2/auth/login")).isTrue();
    assertThat(document.get("paths").has("/auth/login")).isTrue();
  }

  @Test
  void page_isNotOnTheOpenPort() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(node.url() + "/docs/")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  private static List<JsonNode> parsed(JsonNode texts) throws Exception {
    List<JsonNode> parsed = new ArrayList<>();
    for (JsonNode text : texts) {
      parsed.add(new ObjectMapper().readTree(text.asText()));
    }
    return parsed;
  }

  private static List<ServiceDescriptor> services() {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (FileDescriptor file :
        List.of(
            TokenServiceProto.getDescriptor(),
            AccountServiceProto.getDescriptor(),
            SessionServiceProto.getDescriptor(),
            ApplicationServiceProto.getDescriptor(),
            ModuleServiceProto.getDescriptor(),
            KeyServiceProto.getDescriptor(),
            CallerServiceProto.getDescriptor(),
            ImportServiceProto.getDescriptor())) {
      services.addAll(file.getServices());
    }
    return services;
  }

  /** A unary call as the page's script makes it. */
  private static HttpResponse<String> call(String rpc, String json, String key) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(node.opsUrl() + "/jeton.v1." + rpc))
            .header("Content-Type", "application/json; charset=utf-8; protocol=gRPC")
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(node.opsUrl() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
