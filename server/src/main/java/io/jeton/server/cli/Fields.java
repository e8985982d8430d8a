package io.jeton.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named values, one per line, aligned. */
final class Fields {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Fields put(String name, String value) {
    return put(name, List.of(value));
  }

  /** A value of several lines, each below the one before. */
  Fields put(String name, List<String> lines) {
    values.put(name, lines);
    return this;
  }

  void print(PrintWriter out) {
    int width = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    values.forEach(
        (name, lines) -> {
          String begin = name + ":" + " ".repeat(width - name.length() - 1);
          for (String line : lines) {
            out.println(begin + Text.escape(line));
            begin = " ".repeat(width);
          }
        });
  }
}
