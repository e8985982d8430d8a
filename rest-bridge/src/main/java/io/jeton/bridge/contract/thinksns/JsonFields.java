package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON bodies. What is no JSON object in UTF-8 has no fields, and that is no error, as with
 * the original.
 */
final class JsonFields {
  private JsonFields() {}

  static Fields read(byte[] body) {
    JsonNode json;
    try {
      json = Json.LENIENT.readTree(strictUtf8(body));
    } catch (JsonProcessingException | CharacterCodingException e) {
      return Fields.NONE;
    }
    Fields.Builder fields = new Fields.Builder();
    for (var field : json.properties()) {
      JsonNode value = field.getValue();
      if (value.isTextual()) {
        if (!isWellFormed(value.textValue())) {
          return Fields.NONE;
        }
        fields.add(field.getKey(), value.textValue());
      } else if (value.isNumber()) {
        fields.add(field.getKey(), PhpNumbers.text(value));
      } else {
        fields.add(field.getKey(), null);
      }
    }
    return fields.build();
  }

  private static String strictUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Whether it has no half of a surrogate pair, which PHP refuses in an escape. */
  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
