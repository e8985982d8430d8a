package io.jeton.bridge.contract.chatot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import io.jeton.bridge.ContentEncoding;
import io.jeton.bridge.Inquiry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request the way Express reads one: only {@code application/json} is looked
 * at, an empty one is nothing, and all others are an object or an array.
 */
final class Body {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              // The limit of a body is limit enough: a document is read as a stream, not
              // recursively.
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final MediaType JSON_TYPE = MediaType.create("application", "json");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Body() {}

  /**
   * The JSON of a body.
   *
   * @return its fields, those that are no text as null; a missing node when there is none
   * @throws FailureException when it says that it is JSON and cannot be read as that
   */
  static JsonNode read(Inquiry inquiry) {
    MediaType type = inquiry.headers().contentType();
    if (inquiry.body().length == 0 || type == null || !type.withoutParameters().is(JSON_TYPE)) {
      return MissingNode.getInstance();
    }
    Charset charset = charset(type);
    String text = new String(inflate(inquiry.headers(), inquiry.body()), charset);
    return text.isEmpty() ? MissingNode.getInstance() : parse(text);
  }

  private static JsonNode parse(String text) {
    try (JsonParser parser =
        JSON.createParser(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)) {
      JsonToken first = parser.nextToken();
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      if (first == JsonToken.START_OBJECT) {
        readFields(parser, fields);
      } else if (first == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        throw new FailureException(Failure.MALFORMED_JSON);
      }
      if (!parser.currentToken().isStructEnd() || parser.nextToken() != null) {
        throw new FailureException(Failure.MALFORMED_JSON);
      }
      return fields;
    } catch (IOException e) {
      throw new FailureException(Failure.MALFORMED_JSON);
    }
  }

  /** Texts as they are; of everything else only that it is there. */
  private static void readFields(JsonParser parser, ObjectNode fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        fields.put(name, parser.getText());
      } else {
        fields.putNull(name);
        parser.skipChildren();
      }
    }
  }

  private static Charset charset(MediaType type) {
    String name = parameter(type);
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("utf-")) {
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException e) {
        throw new FailureException(Failure.UNSUPPORTED_CHARSET);
      }
    }
    throw new FailureException(Failure.UNSUPPORTED_CHARSET);
  }

  private static @Nullable String parameter(MediaType type) {
    return type.parameters().getOrDefault("charset", List.of()).stream().findFirst().orElse(null);
  }

  private static byte[] inflate(RequestHeaders headers, byte[] body) {
    try {
      return ContentEncoding.decode(headers, body);
    } catch (ContentEncoding.UndecodableException e) {
      throw new FailureException(
          switch (e.problem()) {
            case UNKNOWN -> Failure.UNSUPPORTED_ENCODING;
            case MALFORMED -> Failure.MALFORMED_ENCODING;
            case TOO_LARGE -> Failure.TOO_LARGE;
          });
    }
  }
}
