package io.jeton.server.ops;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page says of metrics, in rows such as {@code | `name{label}` | type | meaning |}.
 *
 * @param labels of each metric
 * @param types of each metric
 * @param onlyWhenUsed those that are only shown when they are used
 */
record MetricsTable(
    Map<String, Set<String>> labels, Map<String, String> types, Set<String> onlyWhenUsed) {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9_]+)(?:\\{([a-z_,]+)})?` \\| (\\w+) \\| \\S.* \\|");
  private static final String USED = "Only shown when they are used";

  static MetricsTable of(String page) {
    Map<String, Set<String>> labels = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Set<String> used = new TreeSet<>();
    boolean isUsed = false;
    for (String line : page.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String list = row.group(2) == null ? "" : row.group(2);
        Set<String> names = new TreeSet<>(Arrays.asList(list.split(",")));
        names.remove("");
        if (labels.put(row.group(1), names) != null) {
          throw new IllegalArgumentException("twice in the page: " + row.group(1));
        }
        types.put(row.group(1), row.group(3));
        if (isUsed) {
          used.add(row.group(1));
        }
      } else if (!line.startsWith("|") && !line.isEmpty()) {
        isUsed = line.startsWith(USED);
      }
    }
    return new MetricsTable(labels, types, used);
  }
}
