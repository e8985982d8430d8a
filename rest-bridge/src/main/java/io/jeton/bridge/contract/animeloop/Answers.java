package io.jeton.bridge.contract.animeloop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the contract answers, byte by byte. */
final class Answers {
  /** Writes as JavaScript does, which has escapes in lower case. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build());

  private Answers() {}

  static AggregatedHttpResponse listed(List<OwnToken> tokens) {
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    for (OwnToken token : tokens) {
      ObjectNode each = data.addObject().put("_id", token.number());
      token.name().ifPresent(name -> each.put("name", name));
      each.put("token", token.secret());
    }
    return success(1_320_001, "get token success.", data);
  }

  static AggregatedHttpResponse created(OwnToken token) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("token", token.secret())
            .put("_id", token.number());
    token.name().ifPresent(name -> data.put("name", name));
    return success(1_320_002, "create a new token success.", data);
  }

  static AggregatedHttpResponse revoked() {
    return success(1_320_003, "revoke the token success.", JsonNodeFactory.instance.objectNode());
  }

  static AggregatedHttpResponse failure(Failure failure) {
    return json(failure.status(), envelope("error", failure.code(), failure.message()));
  }

  static AggregatedHttpResponse preflight(Route route) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.ALLOW, route.allow()));
  }

  /**
   * The bytes of a JSON text, compact. Written as a text first: as bytes emoji would be escaped.
   */
  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AggregatedHttpResponse success(int code, String message, JsonNode data) {
    return json(HttpStatus.OK, envelope("success", code, message).set("data", data));
  }

  private static ObjectNode envelope(String status, int code, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("code", code)
        .put("message", message);
  }

  private static AggregatedHttpResponse json(HttpStatus status, JsonNode body) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status).contentType(MediaType.JSON_UTF_8).build(),
        HttpData.wrap(bytes(body)));
  }
}
