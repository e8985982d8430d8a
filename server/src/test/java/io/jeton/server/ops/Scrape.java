package io.jeton.server.ops;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} shows.
 *
 * @param labels of each metric, but for those that a summary or histogram has of itself
 * @param types of each metric; of a summary's maximum, which is beside it, there is no entry
 */
record Scrape(Map<String, Set<String>> labels, Map<String, String> types) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern PART = Pattern.compile("_(count|sum|bucket|max)$");
  private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

  static Scrape of(String opsUrl) throws Exception {
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(opsUrl + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    return parse(response.body());
  }

  private static Scrape parse(String text) {
    Map<String, String> types = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      }
    }
    types.keySet().removeIf(name -> !base(name, types).equals(name));
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("#") || !sample.matches()) {
        continue;
      }
      Set<String> names =
          labels.computeIfAbsent(base(sample.group(1), types), any -> new TreeSet<>());
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        if (!OF_THE_FORMAT.contains(label.group(1))) {
          names.add(label.group(1));
        }
      }
    }
    return new Scrape(labels, types);
  }

  /** The metric that a name is a part of, or the name itself. */
  private static String base(String name, Map<String, String> types) {
    String base = PART.matcher(name).replaceFirst("");
    String type = types.get(base);
    return "summary".equals(type) || "histogram".equals(type) ? base : name;
  }
}
