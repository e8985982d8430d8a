package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the alerts that are shipped ask for metrics and labels that there are: those of
 * the tables of {@code docs/observing.md}, which are what a node shows.
 */
class OperatorFilesTest {
  private static final Path PAGE = Path.of("docs/observing.md");
  private static final Path DASHBOARD = Path.of("src/dist/ops/grafana-jeton.json");
  private static final Path ALERTS = Path.of("src/dist/ops/prometheus-alerts.yml");

  private static final Pattern METRIC =
      Pattern.compile("\\b((?:jeton|jvm|process|system|armeria)_[a-z0-9_]+)(?:\\{([^}]*)})?");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ ?\\$?(?:labels\\.)?(\\w+) ?}}");
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  @Test
  void dashboard_hasWhatGrafanaNeeds() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    assertThat(dashboard.path("title").asText()).isEqualTo("Jeton");
    assertThat(dashboard.path("uid").asText()).matches("[a-z0-9-]{1,40}");
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(dashboard.path("time").has("from")).isTrue();
    Set<String> variables = new HashSet<>();
    dashboard
        .path("templating")
        .path("list")
        .forEach(each -> variables.add(each.path("name").asText()));
    assertThat(variables).containsExactlyInAnyOrder("datasource", "instance");
    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", panel.path("title")).isTrue();
      assertThat(places.add(panel.path("gridPos").toString())).isTrue();
      assertThat(panel.path("title").asText()).isNotBlank();
      assertThat(panel.path("gridPos").path("w").asInt()).isBetween(1, 24);
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("type").asText()).isIn("timeseries", "stat");
        assertThat(panel.path("description").asText()).isNotBlank();
        assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
        assertThat(panel.path("targets")).isNotEmpty();
        Set<String> refs = new HashSet<>();
        panel.path("targets").forEach(each -> refs.add(each.path("refId").asText()));
        assertThat(refs).hasSameSizeAs(panel.path("targets")).doesNotContain("");
      }
    }
    assertThat(ids).hasSizeGreaterThan(20);
  }

  @Test
  void dashboard_asksForWhatThereIs() throws Exception {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.path("expr").asText());
        requireKnown(target.path("expr").asText(), target.path("legendFormat").asText());
      }
    }
    assertThat(expressions).hasSizeGreaterThan(30).doesNotHaveDuplicates();
  }

  @Test
  void alerts_askForWhatThereIs_andSayWhatToDo() throws Exception {
    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText();
      requireKnown(rule.path("expr").asText(), rule.path("annotations").toString());
      assertThat(name).startsWith("Jeton");
      assertThat(rule.path("for").asText()).as(name).matches("\\d+[mh]");
      assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
      assertThat(rule.path("annotations").path("summary").asText()).as(name).isNotBlank();
      assertThat(rule.path("annotations").path("description").asText())
          .as(name)
          .hasSizeGreaterThan(60);
    }
  }

  @Test
  void alerts_areListedInThePage() throws Exception {
    Set<String> listed = new TreeSet<>();
    Matcher rows =
        Pattern.compile("(?m)^\\| `(Jeton\\w+)` \\| (\\w+) \\| \\S.* \\|$")
            .matcher(Files.readString(PAGE));
    while (rows.find()) {
      listed.add(rows.group(1) + " " + rows.group(2));
    }
    Set<String> shipped = new TreeSet<>();
    for (JsonNode rule : rules()) {
      shipped.add(
          rule.path("alert").asText() + " " + rule.path("labels").path("severity").asText());
    }
    assertThat(shipped).isNotEmpty().isEqualTo(listed);
  }

  private static JsonNode rules() throws Exception {
    JsonNode rules =
        new YAMLMapper().readTree(ALERTS.toFile()).path("groups").path(0).path("rules");
    assertThat(rules).hasSizeGreaterThan(8);
    return rules;
  }

  /** Requires that an expression names metrics and labels that a node shows. */
  private static void requireKnown(String expression, String legend) throws Exception {
    Map<String, Set<String>> known = MetricsTable.of(Files.readString(PAGE)).labels();
    Set<String> labels = new HashSet<>(OF_PROMETHEUS);
    Matcher metrics = METRIC.matcher(expression);
    while (metrics.find()) {
      String name = metrics.group(1);
      String base = known.containsKey(name) ? name : name.replaceFirst("_(count|sum|max)$", "");
      assertThat(known).as(expression).containsKey(base);
      labels.addAll(known.get(base));
      for (String matcher : (metrics.group(2) == null ? "" : metrics.group(2)).split(",")) {
        String label = matcher.replaceFirst("[=!~].*", "").strip();
        assertThat(
                label.isEmpty() || OF_PROMETHEUS.contains(label) || known.get(base).contains(label))
            .as("%s of %s", label, expression)
            .isTrue();
      }
    }
    Matcher groups = BY.matcher(expression);
    while (groups.find()) {
      assertThat(labels).as(expression).contains(groups.group(1).split(", ?"));
    }
    Matcher shown = SHOWN.matcher(legend);
    while (shown.find()) {
      assertThat(labels).as("%s of %s", legend, expression).contains(shown.group(1));
    }
  }
}
