package io.jeton.server.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a node says of itself, section by section: {@code GET /status} on the operators' port, as
 * JSON. Safe for use by several threads; never blocks.
 */
public final class NodeStatus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Supplier<Report>> sections = new LinkedHashMap<>();

  /**
   * What one section says.
   *
   * @param lines for a person
   * @param facts for a program: texts, numbers, booleans, and lists and maps of them
   * @param warnings what somebody should look after, a sentence each
   */
  public record Report(List<String> lines, Map<String, Object> facts, List<String> warnings) {
    public Report {
      lines = List.copyOf(lines);
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
      warnings = List.copyOf(warnings);
    }

    /** One without warnings. */
    public static Report of(List<String> lines, Map<String, Object> facts) {
      return new Report(lines, facts, List.of());
    }
  }

  /** Adds a section, told after those that are there; not while others ask. */
  public NodeStatus add(String name, Supplier<Report> section) {
    sections.put(name, section);
    return this;
  }

  /** What answers it over HTTP. */
  public HttpService service() {
    return (context, request) ->
        HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, HttpData.wrap(json()));
  }

  byte[] json() {
    List<String> warnings = new ArrayList<>();
    Map<String, Object> told = new LinkedHashMap<>();
    sections.forEach(
        (name, supplier) -> {
          Report report = supplier.get();
          warnings.addAll(report.warnings());
          Map<String, Object> section = new LinkedHashMap<>();
          section.put("lines", report.lines());
          section.put("facts", report.facts());
          told.put(name, section);
        });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("state", warnings.isEmpty() ? "fine" : "degraded");
    all.put("warnings", warnings);
    all.put("sections", told);
    try {
      return JSON.writeValueAsBytes(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fact that JSON has no form for", e);
    }
  }
}
