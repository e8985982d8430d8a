package io.jeton.server.grpc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.docs.DocServiceBuilder;
import com.linecorp.armeria.server.docs.DocServiceFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The page that shows the API: every rpc with the words of the proto files and an example, which
 * can be tried with a service key.
 */
public final class GrpcDocs {
  /** The path that it is to be mounted under. */
  public static final String PATH = "/docs";

  private static final String PACKAGE = "jeton.v1.";
  private static final String EXAMPLES = "examples.json";

  private GrpcDocs() {}

  /** Makes the page, of the services that are mounted beside it. */
  public static DocService page() {
    DocServiceBuilder builder =
        DocService.builder()
            .webAppTitle("Jeton")
            .include(
                (plugin, service, method) ->
                    DocServiceFilter.ofGrpc().test(plugin, service, method)
                        && service.startsWith(PACKAGE));
    examples()
        .forEach(
            (service, methods) -> {
              builder.exampleHeaders(
                  service, HttpHeaders.of(HttpHeaderNames.AUTHORIZATION, "Bearer jt_svc_"));
              methods.forEach(
                  (method, example) ->
                      builder.exampleRequests(service, method, example.toString()));
            });
    return builder.build();
  }

  /** An example request of each rpc as JSON, by service and method. */
  static Map<String, Map<String, JsonNode>> examples() {
    try (InputStream in = GrpcDocs.class.getResourceAsStream(EXAMPLES)) {
      return JsonMapper.builder()
          .build()
          .readValue(in, new TypeReference<Map<String, Map<String, JsonNode>>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
