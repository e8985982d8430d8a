package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.NodeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables of {@code docs/observing.md} list what a node shows, with its labels. */
class MetricsTableTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static Scrape scrape;
  private static MetricsTable table;

  @BeforeAll
  static void scrape() throws Exception {
    new Traffic(node).run();
    scrape = Scrape.of(node.opsUrl());
    table = MetricsTable.of(Files.readString(Path.of("docs/observing.md")));
  }

  @Test
  void everyMetric_isInTheTable_withItsLabels() {
    Map<String, Set<String>> unused = new TreeMap<>(table.labels());
    table.onlyWhenUsed().forEach(unused::remove);
    Map<String, Set<String>> shown = new TreeMap<>(scrape.labels());
    table.onlyWhenUsed().forEach(shown::remove);
    assertThat(shown).isEqualTo(unused);
  }

  @Test
  void everyMetric_hasTheTypeThatTheTableSays() {
    Map<String, String> said = new TreeMap<>(table.types());
    said.keySet().retainAll(scrape.types().keySet());
    Map<String, String> shown = new TreeMap<>(scrape.types());
    shown.keySet().retainAll(said.keySet());
    assertThat(said).isNotEmpty().isEqualTo(shown);
  }

  @Test
  void everyName_isByPrometheusConvention() {
    for (Map.Entry<String, String> each : scrape.types().entrySet()) {
      String name = each.getKey();
      assertThat(name).matches("[a-z][a-z0-9_]*[a-z]");
      if (each.getValue().equals("counter")) {
        assertThat(name).endsWith("_total");
      } else {
        assertThat(name).doesNotEndWith("_total");
      }
      assertThat(name).doesNotContainPattern("milli|micro|nanos|minutes|kilo|mega|percent");
    }
  }

  @Test
  void noLabel_isOneThatPrometheusSetsItself() {
    Set<String> labels = new TreeSet<>();
    scrape.labels().values().forEach(labels::addAll);
    assertThat(labels).isNotEmpty().doesNotContain("instance", "job");
  }
}
