package io.jeton.bridge.contract.lanying;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a body, which is a JSON object in UTF-8 whatever its content type says. Of fields
 * with the same name the last counts; an empty text and null are as good as none. Immutable.
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
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
  private static final String WHOLE = "body";

  private final Map<String, Value> fields;

  private Body(Map<String, Value> fields) {
    this.fields = Map.copyOf(fields);
  }

  /** What the type of a value is. */
  private enum Type {
    TEXT,
    INTEGER,
    OTHER
  }

  private record Value(Type type, String text) {}

  /**
   * Reads a body.
   *
   * @throws FailureException when it is no JSON object
   */
  static Body read(byte[] body) {
    try (JsonParser parser = JSON.createParser(utf8(body))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FailureException(Failure.invalid(WHOLE));
      }
      Map<String, Value> fields = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        value(parser).ifPresentOrElse(each -> fields.put(name, each), () -> fields.remove(name));
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new FailureException(Failure.invalid(WHOLE));
      }
      return new Body(fields);
    } catch (IOException e) {
      throw new FailureException(Failure.invalid(WHOLE));
    }
  }

  /**
   * A text that must be there.
   *
   * @throws FailureException when it is not, or is no text
   */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> new FailureException(Failure.invalid(name)));
  }

  /**
   * A text that may be there.
   *
   * @throws FailureException when it is no text
   */
  Optional<String> optionalText(String name) {
    Optional<Value> value = Optional.ofNullable(fields.get(name));
    if (value.isPresent() && !isText(value.get())) {
      throw new FailureException(Failure.invalid(name));
    }
    return value.map(Value::text).filter(text -> !text.isEmpty());
  }

  /**
   * An integer of 64 bits that must be there, as a number or as a text.
   *
   * @throws FailureException when it is not, or is no such integer
   */
  long integer(String name) {
    Value value = fields.get(name);
    if (value == null || value.type == Type.OTHER || !INTEGER.matcher(value.text).matches()) {
      throw new FailureException(Failure.invalid(name));
    }
    try {
      return Long.parseLong(value.text);
    } catch (NumberFormatException e) {
      throw new FailureException(Failure.invalid(name));
    }
  }

  /** The value that the parser stands at; of one that is no text or integer only that it is one. */
  private static Optional<Value> value(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (token == JsonToken.VALUE_STRING) {
      return Optional.of(new Value(Type.TEXT, parser.getText()));
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return Optional.of(new Value(Type.INTEGER, parser.getText()));
    }
    parser.skipChildren();
    return Optional.of(new Value(Type.OTHER, ""));
  }

  /** Whether it is a text that UTF-8 can say: half a surrogate pair would become another text. */
  private static boolean isText(Value value) {
    return value.type == Type.TEXT && StandardCharsets.UTF_8.newEncoder().canEncode(value.text);
  }

  private static String utf8(byte[] body) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }
}
