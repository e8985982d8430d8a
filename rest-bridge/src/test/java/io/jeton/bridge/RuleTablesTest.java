package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.testing.Recording;
import io.jeton.bridge.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says about the recorded cases. */
class RuleTablesTest {
  private static final Path MODULE =
      Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| ((?:`[a-z0-9-]+`(?:, )?)+) \\|");
  private static final Pattern COUNT =
      Pattern.compile(
          "\\| \\[([a-z]+)]\\(docs/[a-z]+\\.md#rules-and-cases\\) \\| (\\d+) \\| (\\d+) \\|");

  @ParameterizedTest
  @MethodSource("contracts")
  void everyRule_isInTheTable_withTheCasesThatShowIt(String contract) throws IOException {
    String page = Files.readString(MODULE.resolve("docs/" + contract + ".md"));
    Map<String, String> rows = new TreeMap<>();
    page.substring(page.indexOf("\n## Rules and cases\n"))
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> rows.put(row.group(1).replace("\\|", "|"), row.group(2).replace("`", "")));

    assertThat(rows).isEqualTo(shown(contract));
  }

  @Test
  void readme_countsTheRulesAndTheCases() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String contract : contracts()) {
      expected.put(
          contract, Recordings.rules(contract).size() + " and " + Recordings.all(contract).size());
    }
    Map<String, String> counts = new TreeMap<>();
    Files.readString(MODULE.resolve("README.md"))
        .lines()
        .map(COUNT::matcher)
        .filter(Matcher::matches)
        .forEach(row -> counts.put(row.group(1), row.group(2) + " and " + row.group(3)));

    assertThat(counts).isEqualTo(expected);
  }

  private static Map<String, String> shown(String contract) throws IOException {
    Map<String, TreeSet<String>> cases = new TreeMap<>();
    for (Map.Entry<String, Recording> each : Recordings.all(contract).entrySet()) {
      for (String rule : each.getValue().shows()) {
        cases.computeIfAbsent(rule, unused -> new TreeSet<>()).add(each.getKey());
      }
    }
    Map<String, String> rules = Recordings.rules(contract);
    return cases.entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> rules.get(each.getKey()),
                each -> String.join(", ", each.getValue()),
                (one, other) -> one + ", " + other,
                TreeMap::new));
  }

  static Iterable<String> contracts() {
    return Contracts.names();
  }
}
