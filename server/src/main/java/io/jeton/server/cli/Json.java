package io.jeton.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects of one line. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Writes strings, numbers, booleans, null, lists and maps of them, in the map's order. */
  static String line(Map<String, ? extends @Nullable Object> fields) {
    try {
      return Text.escape(MAPPER.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that JSON has no form for", e);
    }
  }
}
