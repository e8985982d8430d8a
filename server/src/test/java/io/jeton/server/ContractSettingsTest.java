package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.Instances;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.extractor.Extractors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the contracts, before anything else of a node is there. */
class ContractSettingsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contracts: [{contract: chatto}]                | contracts[0].contract: chatto
          contracts: [{contract: chatot, lifetme: 2h}]   | contracts[0].lifetme
          contracts: [{contract: thinksns, realm: A/B}]  | contracts[0].realm: A/B
          """)
  void wrongSetting_refusesTheStart_beforeTheDataDirectoryIsTouched(String yaml, String named)
      throws Exception {
    Path data = directory.resolve("data");
    JetonConfig config = read(yaml, data);

    assertThatThrownBy(
            () ->
                Node.start(
                    config,
                    Path.of(System.getProperty("jeton.home")),
                    Map.of(),
                    new SettableClock(Instant.parse("2026-06-01T12:00:00Z"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(named);

    assertThat(data).doesNotExist();
  }

  @Test
  void distributedConfiguration_showsTheDefaults() throws Exception {
    Path shown = Path.of("src/dist/conf/jeton.yaml");
    Matcher block =
        Pattern.compile("(?m)^#contracts:\\n(#  .*\\n)+").matcher(Files.readString(shown));
    assertThat(block.find()).isTrue();
    String yaml = block.group().replaceAll("(?m)^#", "");

    List<Map<String, Object>> contracts =
        read(yaml, directory.resolve("data")).contracts().orElseThrow();

    assertThat(contracts).allMatch(each -> each.size() > 5);
    assertThat(settings(contracts))
        .usingRecursiveComparison()
        .isEqualTo(settings(Instances.defaults()));
  }

  /** All that is set of each instance, by its contract. */
  private static Map<String, List<Object>> settings(List<Map<String, Object>> contracts) {
    SettableClock clock = new SettableClock(Instant.EPOCH);
    Map<String, List<Object>> settings = new TreeMap<>();
    for (Mounted mounted :
        Instances.of(contracts, reference -> reference).mount(new FakeCore(clock), clock)) {
      Object ofContract = Extractors.byName("settings").apply(mounted.contract());
      settings.put(
          mounted.contract().getClass().getSimpleName(),
          List.of(
              ofContract,
              mounted.name(),
              mounted.realm(),
              mounted.prefixes(),
              mounted.publicUrl()));
    }
    return settings;
  }

  private JetonConfig read(String yaml, Path data) throws Exception {
    Path file = Files.writeString(directory.resolve("jeton.yaml"), yaml + "\n");
    return ConfigReader.read(
        Optional.of(file), Map.of(), Map.of("port", "0", "data-dir", data.toString()));
  }
}
