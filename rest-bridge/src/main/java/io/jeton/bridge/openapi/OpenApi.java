package io.jeton.bridge.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Mounted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Describes mounted contracts as one OpenAPI 3.1 document. Each contract has a file {@code
 * openapi.json} in its package with its paths, without a prefix, and its schemas, whose names begin
 * with the contract's; the document has the paths under every prefix of every instance.
 */
public final class OpenApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "openapi.json";
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head", "options");

  private OpenApi() {}

  /** The document, as JSON in UTF-8. Blocks, to read the contracts' files. */
  public static byte[] document(List<Mounted> mounts) {
    ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Jeton: legacy APIs")
        .put("description", "The JSON APIs that are mounted on this port.")
        .put("version", "1");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (Mounted mounted : mounts) {
      JsonNode own = description(mounted.contract());
      schemas.setAll((ObjectNode) own.get("schemas"));
      for (int i = 0; i < mounted.prefixes().size(); i++) {
        for (Map.Entry<String, JsonNode> path : own.get("paths").properties()) {
          ObjectNode item = path.getValue().deepCopy();
          name(item, mounted.name(), i == 0 ? "" : "." + i);
          mounted
              .publicUrl()
              .ifPresent(url -> item.putArray("servers").addObject().put("url", url));
          paths.set(mounted.prefixes().get(i) + path.getKey(), item);
        }
      }
    }
    try {
      return JSON.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says of every call which instance answers it. */
  private static void name(ObjectNode item, String instance, String suffix) {
    for (String method : METHODS) {
      if (item.get(method) instanceof ObjectNode call) {
        call.putArray("tags").add(instance);
        call.put("operationId", instance + "." + call.get("operationId").asText() + suffix);
      }
    }
  }

  private static JsonNode description(Contract contract) {
    try (InputStream in = contract.getClass().getResourceAsStream(FILE)) {
      return JSON.readTree(Objects.requireNonNull(in, "a contract without " + FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
