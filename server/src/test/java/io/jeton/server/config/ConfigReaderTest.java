package io.jeton.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.RealmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  @TempDir Path directory;

  @Test
  void nothing_isTheDefaults() throws Exception {
    JetonConfig config = ConfigReader.read(Optional.empty(), Map.of(), Map.of());
    assertThat(config.listen()).isEqualTo(new JetonConfig.Listen("127.0.0.1", 8420, false));
    assertThat(config.ops().port()).isEqualTo(8421);
    assertThat(config.realms()).containsExactly(RealmName.DEFAULT);
    assertThat(config.database().url()).isEmpty();
    assertThat(config.timeouts().verify()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.cache().bytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 100 * 40);
  }

  @Test
  void theCommandLine_overTheEnvironment_overTheFile() throws Exception {
    Path file = write("port: 1\nhost: a\nops: {port: 5, host: c}\nrealms: [one, two]\n");
    JetonConfig config =
        ConfigReader.read(
            Optional.of(file),
            Map.of("JETON_PORT", "2", "JETON_OPS_PORT", "6", "JETON_KEY", "k", "PATH", "x"),
            Map.of("port", "3"));
    assertThat(config.listen().port()).isEqualTo(3);
    assertThat(config.listen().host()).isEqualTo("a");
    assertThat(config.ops().port()).isEqualTo(6);
    assertThat(config.ops().host()).isEqualTo("c");
    assertThat(config.realms()).containsExactly(new RealmName("one"), new RealmName("two"));
  }

  @Test
  void contracts_areGivenOnAsTheyStand() throws Exception {
    Path file =
        write(
            """
            trusted-proxies: [10.0.0.0/8, "::1"]
            contracts:
              - {contract: chatot, anonymous: false, creations-per-minute: 5, prefixes: [/a, ""]}
              - contract: thinksns
                accept-foreign-until: 2030-01-01T00:00:00Z
                public-url:
            """);
    JetonConfig config = ConfigReader.read(Optional.of(file), Map.of(), Map.of());
    assertThat(config.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
    List<Map<String, Object>> contracts = config.contracts().orElseThrow();
    assertThat(contracts.get(0))
        .isEqualTo(
            Map.of(
                "contract",
                "chatot",
                "anonymous",
                false,
                "creations-per-minute",
                5,
                "prefixes",
                List.of("/a", "")));
    assertThat(contracts.get(1))
        .containsEntry("accept-foreign-until", "2030-01-01T00:00:00Z")
        .containsEntry("public-url", null);
  }

  @Test
  void noContracts_isTheBridgesDefaults_anEmptyListIsNone() throws Exception {
    assertThat(ConfigReader.read(Optional.empty(), Map.of(), Map.of()).contracts()).isEmpty();
    assertThat(ConfigReader.read(Optional.of(write("contracts:")), Map.of(), Map.of()).contracts())
        .isEmpty();
    assertThat(
            ConfigReader.read(Optional.of(write("contracts: []")), Map.of(), Map.of()).contracts())
        .contains(List.of());
  }

  @Test
  void anyFreePort_isAlsoAnyFreeOpsPort_unlessThatIsSet() throws Exception {
    assertThat(ConfigReader.read(Optional.empty(), Map.of(), Map.of("port", "0")).ops().port())
        .isZero();
    assertThat(
            ConfigReader.read(Optional.empty(), Map.of("JETON_OPS_PORT", "9"), Map.of("port", "0"))
                .ops()
                .port())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot: 1 | prot: there is no such setting (did you mean port?)",
        "database: {ulr: x} | database.ulr: there is no such setting (did you mean database.url?)",
        "whatever-is-this: 1 | whatever-is-this: there is no such setting",
        "port: 65536 | port: 65536 (expected: a port from 0 to 65535, 0 for a free one)",
        "port: x | port: x (expected: a port from 0 to 65535, 0 for a free one)",
        "reflection: maybe | reflection: maybe (expected: true or false)",
        "drain-timeout: 3 | drain-timeout: 3 (expected: a time from 0s to 600s, such as 500ms, 10s, 5m or 2h)",
        "verify-timeout: 1ms | verify-timeout: 1ms (expected: a time from 10ms to 60s, such as 500ms, 10s, 5m or 2h)",
        "cache: {size: 91%} | cache.size: 91% (expected: a size from 1MiB, such as 512MiB, or a share of the heap, such as 40%)",
        "realms: [a, a] | realms: a,a (expected: different names of lower-case letters, digits and inner hyphens, at most 63 each)",
        "realms: [A] | realms: A (expected: different names of lower-case letters, digits and inner hyphens, at most 63 each)",
        "log: {format: xml} | log.format: xml (expected: text or json)",
        "log: {access: ALL} | log.access: ALL (expected: none, failed or all)",
        "contracts: chatot | contracts: expected a list of instances, or [] for none",
        "contracts: [chatot] | contracts[0]: expected lines of `key: value`",
        "database: {password: hunter2} | database.password: a wrong value (expected: env:NAME or file:PATH)",
        "master-key: 00ff | master-key: a wrong value (expected: env:NAME or file:PATH)",
        "database: {url: 'jdbc:mysql://u:p@h/d'} | database.url: a wrong value (expected: jdbc:mysql://HOST:PORT/NAME without user and password and without parameters, or nothing for the embedded database)",
      })
  void whatIsWrong_isNamed(String yaml, String message) throws Exception {
    Path file = write(yaml);
    assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void aWrongValue_isNamed_alsoWhenSomethingOverridesIt() throws Exception {
    Path file = write("port: many\n");
    assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of("port", "0")))
        .hasMessage("port: many (expected: a port from 0 to 65535, 0 for a free one)");
  }

  @Test
  void whatIsNoYaml_isRefusedByItsLine() throws Exception {
    for (String text : List.of("port: 1\nport: 2\n", "port: [1\n", "- a\n", "just words\n")) {
      Path file = write(text);
      assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(
            () -> ConfigReader.read(Optional.of(Path.of("/no/such")), Map.of(), Map.of()))
        .hasMessage("/no/such: cannot be read");
  }

  @Test
  void kubernetesServiceVariables_areNoSettings() throws Exception {
    Map<String, String> given =
        Map.of(
            "JETON_SERVICE_HOST", "10.0.0.1",
            "JETON_PORT", "tcp://10.0.0.1:80",
            "JETON_PORT_80_TCP", "tcp://10.0.0.1:80");
    assertThat(ConfigReader.read(Optional.empty(), given, Map.of()).listen().port())
        .isEqualTo(8420);
  }

  @Test
  void aDatabaseUrl_holdsNoPassword_whereverOneCanBeWritten() {
    for (String url :
        List.of(
            "jdbc:mysql://h/d?password=HUNTER2",
            "jdbc:mysql://h/d?clientCertificateKeyStorePassword=HUNTER2",
            "jdbc:mysql://h/d?a=b&PASSWORD1=HUNTER2",
            "jdbc:mysql://address=(host=h)(password=HUNTER2)/d",
            "jdbc:mysql://u:HUNTER2@h/d")) {
      assertThatThrownBy(
              () ->
                  ConfigReader.read(Optional.empty(), Map.of("JETON_DATABASE_URL", url), Map.of()))
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("HUNTER2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://h/d?socketTimeout=0",
        "jdbc:mysql://h/d?sslMode=DISABLED",
        "jdbc:mysql://h,i/d",
        "jdbc:mysql://h:1,i:2/d",
        "jdbc:mysql:loadbalance://h/d",
        "jdbc:mysql://h/",
        "jdbc:mariadb://h/d"
      })
  void aDatabaseUrl_isOneHostAndNothingElse(String url) {
    assertThatThrownBy(
            () -> ConfigReader.read(Optional.empty(), Map.of("JETON_DATABASE_URL", url), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("database.url: a wrong value");
  }

  @Test
  void howADatabaseIsSpokenTo_isReadAsYamlHasIt() throws Exception {
    for (String off : List.of("off", "'off'", "false")) {
      assertThat(read("database: {tls: " + off + "}").database().tls().mode())
          .contains(JetonConfig.TlsMode.OFF);
    }
    assertThat(read("database: {tls: verify, tls-ca: /a}").database().tls())
        .isEqualTo(
            new JetonConfig.DatabaseTls(
                Optional.of(JetonConfig.TlsMode.VERIFY), Optional.of(Path.of("/a"))));
    assertThatThrownBy(() -> read("database: {tls: on}"))
        .hasMessageEndingWith("(expected: off, required or verify)");
  }

  private JetonConfig read(String yaml) throws Exception {
    return ConfigReader.read(Optional.of(write(yaml)), Map.of(), Map.of());
  }

  @Test
  void anEmptyDataDirectory_isNotTheFolderOneIsIn() throws Exception {
    Path file = write("data-dir:\n");
    assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
        .hasMessage("data-dir:  (expected: a folder)");
  }

  @Test
  void aVariableOfNoSetting_isRefused() {
    assertThatThrownBy(
            () -> ConfigReader.read(Optional.empty(), Map.of("JETON_PROT", "1"), Map.of()))
        .hasMessage("JETON_PROT: there is no setting of this variable");
  }

  @Test
  void aSecret_isReadWhereItsReferenceSays() throws Exception {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "hunter2\n");
    assertThat(new SecretReference("file:" + secret).resolve("k", Map.of()).reveal())
        .isEqualTo("hunter2");
    assertThat(new SecretReference("env:A").resolve("k", Map.of("A", "b")).reveal()).isEqualTo("b");
    assertThatThrownBy(() -> new SecretReference("env:A").resolve("k", Map.of()))
        .hasMessage("k: env:A (expected: an environment variable that is set)");
    assertThatThrownBy(() -> new SecretReference("file:/no/such").resolve("k", Map.of()))
        .hasMessage("k: file:/no/such (expected: a file that can be read)");
  }

  /** The file of the distribution names every setting once, with its default. */
  @Test
  void theShippedFile_showsEveryDefault() throws Exception {
    Map<String, String> shown = new TreeMap<>();
    String group = "";
    Matcher line =
        Pattern.compile("(?m)^#(  )?([a-z-]+):(?: (\\S.*))?$")
            .matcher(Files.readString(Path.of("src/dist/conf/jeton.yaml")));
    while (line.find()) {
      String value = line.group(3) == null ? "" : line.group(3);
      String key = line.group(2);
      boolean isNested = line.group(1) != null;
      if (!isNested && Settings.all().stream().noneMatch(each -> each.key().equals(key))) {
        group = key + ".";
        continue;
      }
      assertThat(shown.put(isNested ? group + key : key, value.replaceAll("^\\[|\\]$", "")))
          .isNull();
    }
    Map<String, String> defaults = new TreeMap<>();
    Settings.all().forEach(setting -> defaults.put(setting.key(), setting.defaultText()));
    assertThat(shown).isEqualTo(defaults);
  }

  @Test
  void theShippedFile_isReadAsItStands_andWithEveryLineTakenUp() throws Exception {
    Path shipped = Path.of("src/dist/conf/jeton.yaml");
    JetonConfig defaults = ConfigReader.read(Optional.empty(), Map.of(), Map.of());
    assertThat(ConfigReader.read(Optional.of(shipped), Map.of(), Map.of())).isEqualTo(defaults);
    Path all =
        write(
            Files.readString(shipped).replaceAll("(?m)^#(?=\\S|  [a-z-]+:|  - |    [a-z-]+:)", ""));
    JetonConfig shown = ConfigReader.read(Optional.of(all), Map.of(), Map.of());
    assertThat(shown).usingRecursiveComparison().ignoringFields("contracts").isEqualTo(defaults);
    assertThat(shown.contracts().orElseThrow())
        .extracting(instance -> instance.get("contract"))
        .containsExactly("animeloop", "chatot", "lanying", "liveget", "thinksns");
  }

  @Test
  void changes_areWhatIsNotTheDefault_withoutWhatMayBeASecret() throws Exception {
    Path file = write("port: 8420\nhost: a\nmaster-key: env:HUNTER2\ncontracts: []\n");
    assertThat(
            ConfigReader.changes(
                Optional.of(file),
                Map.of("JETON_DATABASE_URL", "jdbc:mysql://hunter2/d", "JETON_KEY", "k"),
                Map.of("ops.port", "9")))
        .containsExactly(
            "host=a", "ops.port=9", "master-key=(set)", "database.url=(set)", "contracts=0");
    assertThat(ConfigReader.changes(Optional.empty(), Map.of(), Map.of())).isEmpty();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("jeton.yaml"), text);
  }
}
