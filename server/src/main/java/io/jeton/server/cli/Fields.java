package io.jeton.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named values, one per line, aligned. */
final class Fields {
  private final Map<String, String> values = new LinkedHashMap<>();

  Fields put(String name, String value) {
    values.put(name, value);
    return this;
  }

  void print(PrintWriter out) {
    int width = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    values.forEach(
        (name, value) ->
            out.println(name + ":" + " ".repeat(width - name.length() - 1) + Text.escape(value)));
  }
}
