package io.jeton.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the configuration: the defaults, over them the file, over it the environment, over it the
 * command line. Anything that is not a setting, or not a value of one, is refused.
 */
public final class ConfigReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Variables that belong to the command line, not to the configuration. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "JETON_SERVER",
          "JETON_KEY",
          "JETON_CA",
          "JETON_CERT",
          "JETON_CERT_KEY",
          "JETON_JAVA_OPTS",
          "JETON_DEBUG",
          "JETON_LOG_LEVEL");

  /** The one key that is no setting: what is under it is the bridge's to read. */
  private static final String CONTRACTS = "contracts";

  private final Map<String, String> values = new LinkedHashMap<>();
  private Optional<List<Map<String, Object>>> contracts = Optional.empty();

  private ConfigReader() {}

  /**
   * Reads and checks everything. Blocks.
   *
   * @param file jeton.yaml; empty: none
   * @param environment the environment variables
   * @param commandLine settings from the command line, by their keys
   * @throws ConfigException with one line that names the key
   */
  public static JetonConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine)
      throws ConfigException {
    ConfigReader reader = new ConfigReader();
    if (file.isPresent()) {
      reader.readFile(file.get());
    }
    reader.readEnvironment(environment);
    reader.values.putAll(commandLine);
    return reader.config();
  }

  /**
   * The settings that are not as they are by default, for the log: of what may be a secret only
   * that it is set. Blocks.
   *
   * @throws ConfigException as {@link #read}
   */
  public static List<String> changes(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine)
      throws ConfigException {
    ConfigReader reader = new ConfigReader();
    if (file.isPresent()) {
      reader.readFile(file.get());
    }
    reader.readEnvironment(environment);
    reader.values.putAll(commandLine);
    List<String> changes = new ArrayList<>();
    for (Setting<?> setting : Settings.all()) {
      String value = reader.values.get(setting.key());
      if (value != null && !value.equals(setting.defaultText())) {
        changes.add(setting.key() + "=" + (setting.isSecret() ? "(set)" : value));
      }
    }
    reader.contracts.ifPresent(each -> changes.add(CONTRACTS + "=" + each.size()));
    return changes;
  }

  private void readFile(Path file) throws ConfigException {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    JsonNode root;
    try {
      root = mapper.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ConfigException(
          file + ": line " + line + " is not YAML that can be read, or repeats a key");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read");
    }
    if (root.isMissingNode() || root.isNull()) {
      return;
    }
    if (!root.isObject()) {
      throw new ConfigException(file + ": expected lines of `key: value`");
    }
    flatten("", root);
  }

  private void flatten(String prefix, JsonNode node) throws ConfigException {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (key.equals(CONTRACTS)) {
        contracts = contracts(value);
      } else if (value.isObject()) {
        flatten(key + ".", value);
      } else if (!(isGroup(key) && value.isNull())) {
        // Read here already, so that a wrong value is told also when something overrides it.
        Object unused = known(key).read(text(key, value));
        values.put(key, text(key, value));
      }
    }
  }

  private static Optional<List<Map<String, Object>>> contracts(JsonNode value)
      throws ConfigException {
    if (isNothing(value)) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      throw new ConfigException(CONTRACTS + ": expected a list of instances, or [] for none");
    }
    List<Map<String, Object>> instances = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isObject()) {
        throw new ConfigException(
            CONTRACTS + "[" + instances.size() + "]: expected lines of `key: value`");
      }
      Map<String, Object> instance =
          JSON.convertValue(item, new TypeReference<LinkedHashMap<String, Object>>() {});
      // A key without a value is its default, but the bridge still has to know the key.
      instance.replaceAll((key, each) -> "".equals(each) ? null : each);
      instances.add(Collections.unmodifiableMap(instance));
    }
    return Optional.of(List.copyOf(instances));
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.asText().isEmpty());
  }

  private static String text(String key, JsonNode value) throws ConfigException {
    if (value.isNull()) {
      return "";
    }
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isValueNode()) {
        throw new ConfigException(key + ": expected a list of plain values");
      }
      items.add(item.asText());
    }
    return String.join(",", items);
  }

  private static boolean isGroup(String key) {
    return Settings.all().stream().anyMatch(setting -> setting.key().startsWith(key + "."));
  }

  private static Setting<?> known(String key) throws ConfigException {
    for (Setting<?> setting : Settings.all()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    String nearest =
        Settings.all().stream()
            .map(Setting::key)
            .min(Comparator.comparingInt(each -> distance(each, key)))
            .filter(each -> distance(each, key) <= 3)
            .map(each -> " (did you mean " + each + "?)")
            .orElse("");
    throw new ConfigException(key + ": there is no such setting" + nearest);
  }

  /** The Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private void readEnvironment(Map<String, String> environment) throws ConfigException {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith("JETON_")
          || OTHER_VARIABLES.contains(name)
          || isOfKubernetes(name, variable.getValue())) {
        continue;
      }
      Setting<?> setting =
          Settings.all().stream()
              .filter(each -> each.variable().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new ConfigException(name + ": there is no setting of this variable"));
      values.put(setting.key(), variable.getValue());
    }
  }

  /** One event loop a core halves the slowest answers at the same throughput. */
  private static int eventLoops(int setting) {
    return setting == 0 ? Runtime.getRuntime().availableProcessors() : setting;
  }

  /** Half of the processors: a flood of logins leaves the others to everything else. */
  private static int hashingThreads(int setting) {
    return setting == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : setting;
  }

  /**
   * Whether it is one of those that Kubernetes gives every pod for a service that is called jeton.
   */
  private static boolean isOfKubernetes(String name, String value) {
    return name.startsWith("JETON_SERVICE_")
        || name.startsWith("JETON_PORT_")
        || (name.equals("JETON_PORT") && value.startsWith("tcp://"));
  }

  private <T> T get(Setting<T> setting) throws ConfigException {
    return setting.read(values.getOrDefault(setting.key(), setting.defaultText()));
  }

  private JetonConfig config() throws ConfigException {
    int port = get(Settings.PORT);
    // Whoever asks for any free port is not to be stopped by a fixed one.
    if (port == 0) {
      values.putIfAbsent(Settings.OPS_PORT.key(), "0");
    }
    boolean inClear = get(Settings.LISTEN_IN_CLEAR);
    return new JetonConfig(
        new JetonConfig.Listen(get(Settings.HOST), port, inClear),
        new JetonConfig.Listen(get(Settings.OPS_HOST), get(Settings.OPS_PORT), inClear),
        get(Settings.DATA_DIR),
        get(Settings.REALMS),
        contracts,
        get(Settings.TRUSTED_PROXIES),
        get(Settings.MASTER_KEY),
        get(Settings.PREVIOUS_MASTER_KEYS),
        eventLoops(get(Settings.EVENT_LOOPS)),
        get(Settings.REFLECTION),
        new JetonConfig.Timeouts(
            get(Settings.DRAIN_TIMEOUT), get(Settings.VERIFY_TIMEOUT), get(Settings.CALL_TIMEOUT)),
        new JetonConfig.Database(
            get(Settings.DATABASE_URL),
            get(Settings.DATABASE_USER),
            get(Settings.DATABASE_PASSWORD),
            get(Settings.DATABASE_READERS),
            get(Settings.DATABASE_WRITERS),
            new JetonConfig.DatabaseTls(get(Settings.DATABASE_TLS), get(Settings.DATABASE_TLS_CA))),
        new JetonConfig.Embedded(get(Settings.EMBEDDED_BINARY), get(Settings.EMBEDDED_BUFFER_POOL)),
        new JetonConfig.Retention(get(Settings.RETENTION_TOKENS), get(Settings.RETENTION_AUDIT)),
        new JetonConfig.Cache(
            get(Settings.CACHE_SIZE),
            get(Settings.CACHE_ABSENT_ENTRIES),
            get(Settings.CACHE_ABSENT_TIME),
            get(Settings.CACHE_WAITING_LOADS)),
        new JetonConfig.Passwords(hashingThreads(get(Settings.HASHING_THREADS))),
        new JetonConfig.Logins(
            get(Settings.FAILURES_PER_ACCOUNT),
            get(Settings.FAILURES_PER_ADDRESS),
            get(Settings.LOGINS_WINDOW)),
        new ExposureSettings(this::get).read(),
        new JetonConfig.Log(get(Settings.LOG_FORMAT), get(Settings.LOG_ACCESS)));
  }
}
