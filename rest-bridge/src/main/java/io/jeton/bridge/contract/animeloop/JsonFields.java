package io.jeton.bridge.contract.animeloop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON bodies the way Express reads them: objects, of whose fields with the same name the
 * last counts, and arrays, which have no fields.
 */
final class JsonFields {
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

  private JsonFields() {}

  /**
   * Reads a text.
   *
   * @throws FailureException when it is neither an object nor an array
   */
  static Fields read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      Fields fields = Fields.NONE;
      if (first == JsonToken.START_OBJECT) {
        fields = readFields(parser);
      } else if (first == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        throw new FailureException(Failure.BAD_REQUEST);
      }
      if (!parser.currentToken().isStructEnd() || parser.nextToken() != null) {
        throw new FailureException(Failure.BAD_REQUEST);
      }
      return fields;
    } catch (IOException e) {
      throw new FailureException(Failure.BAD_REQUEST);
    }
  }

  private static Fields readFields(JsonParser parser) throws IOException {
    Fields fields = Fields.NONE;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (Fields.isKnown(name)) {
        fields = fields.with(name, readField(parser));
      } else {
        parser.skipChildren();
      }
    }
    return fields;
  }

  private static Field readField(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_NULL -> Field.ABSENT;
      case VALUE_STRING -> Field.ofText(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Field(Field.Kind.NUMBER, scalar(parser));
      case VALUE_TRUE, VALUE_FALSE -> new Field(Field.Kind.BOOLEAN, scalar(parser));
      case START_ARRAY -> readList(parser);
      default -> {
        parser.skipChildren();
        yield Field.OBJECT;
      }
    };
  }

  /** A list of scalars as JavaScript joins it; one that holds more than that is an object. */
  private static Field readList(JsonParser parser) throws IOException {
    List<String> texts = new ArrayList<>();
    boolean flat = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isStructStart()) {
        flat = false;
        parser.skipChildren();
      } else {
        texts.add(scalar(parser));
      }
    }
    return flat ? new Field(Field.Kind.LIST, String.join(",", texts)) : Field.OBJECT;
  }

  private static String scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> "";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          JsNumbers.text(Double.parseDouble(parser.getText()));
      default -> parser.getText();
    };
  }
}
