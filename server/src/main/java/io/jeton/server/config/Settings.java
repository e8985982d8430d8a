package io.jeton.server.config;

import io.jeton.server.domain.RealmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every setting, with its default. The file {@code conf/jeton.yaml} of the distribution says what
 * each is for.
 */
final class Settings {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<String> HOST =
      add("host", "127.0.0.1", "a host name or an address", Parsers::notEmpty);
  static final Setting<Integer> PORT = port("port", "8420");
  static final Setting<Boolean> LISTEN_IN_CLEAR = bool("listen-in-clear", "false");
  static final Setting<Path> DATA_DIR =
      add("data-dir", "jeton-data", "a folder", text -> Path.of(Parsers.notEmpty(text)));
  static final Setting<String> OPS_HOST =
      add("ops.host", "127.0.0.1", "a host name or an address", Parsers::notEmpty);
  static final Setting<Integer> OPS_PORT = port("ops.port", "8421");
  static final Setting<List<RealmName>> REALMS =
      add(
          "realms",
          "default",
          "different names of lower-case letters, digits and inner hyphens, at most 63 each",
          Parsers::realms);
  static final Setting<List<String>> TRUSTED_PROXIES =
      add("trusted-proxies", "", "addresses or networks", Parsers::texts);
  static final Setting<Optional<SecretReference>> MASTER_KEY =
      secret("master-key", "env:NAME or file:PATH");
  static final Setting<List<SecretReference>> PREVIOUS_MASTER_KEYS =
      register(
          new Setting<>(
              "previous-master-keys",
              "",
              "a list of env:NAME or file:PATH",
              text -> Parsers.texts(text).stream().map(SecretReference::new).toList(),
              true));
  static final Setting<Integer> EVENT_LOOPS = count("event-loops", "0", 0, 1024);
  static final Setting<Boolean> REFLECTION = bool("reflection", "true");
  static final Setting<Duration> DRAIN_TIMEOUT =
      duration("drain-timeout", "20s", Duration.ZERO, Duration.ofMinutes(10));
  static final Setting<Duration> VERIFY_TIMEOUT =
      duration("verify-timeout", "1s", Duration.ofMillis(10), Duration.ofMinutes(1));
  static final Setting<Duration> CALL_TIMEOUT =
      duration("call-timeout", "5s", Duration.ofMillis(10), Duration.ofMinutes(1));

  /** Marked as a secret because a wrong one may hold a password. */
  static final Setting<Optional<String>> DATABASE_URL =
      register(
          new Setting<>(
              "database.url",
              "",
              "jdbc:mysql://HOST:PORT/NAME without user and password and without parameters, or"
                  + " nothing for the embedded database",
              Parsers.optional(Settings::databaseUrl)::apply,
              true));

  static final Setting<String> DATABASE_USER =
      add("database.user", "jeton", "a user's name", Parsers::notEmpty);
  static final Setting<Optional<SecretReference>> DATABASE_PASSWORD =
      secret("database.password", "env:NAME or file:PATH");
  static final Setting<Integer> DATABASE_READERS = count("database.readers", "8", 1, 256);
  static final Setting<Integer> DATABASE_WRITERS = count("database.writers", "32", 1, 256);

  static final Setting<Optional<JetonConfig.TlsMode>> DATABASE_TLS =
      add("database.tls", "", "off, required or verify", Parsers.optional(Settings::tlsMode));
  static final Setting<Optional<Path>> DATABASE_TLS_CA =
      add("database.tls-ca", "", "a file of certificates as PEM", Parsers.optional(Path::of));

  static final Setting<Optional<Path>> EMBEDDED_BINARY =
      add("embedded.binary", "", "the path of a mariadbd", Parsers.optional(Path::of));
  static final Setting<Long> EMBEDDED_BUFFER_POOL =
      add(
          "embedded.buffer-pool",
          "256MiB",
          "a size from 16MiB, such as 256MiB or 4GiB",
          Parsers.size(16L << 20));

  static final Setting<Duration> RETENTION_TOKENS =
      duration("retention.tokens", "90d", Duration.ofDays(1), Duration.ofDays(36_500));
  static final Setting<Duration> RETENTION_AUDIT =
      duration("retention.audit", "400d", Duration.ofDays(1), Duration.ofDays(36_500));

  static final Setting<Long> CACHE_SIZE =
      add(
          "cache.size",
          "40%",
          "a size from 1MiB, such as 512MiB, or a share of the heap, such as 40%",
          Parsers.sizeOrShare(1L << 20, Runtime.getRuntime().maxMemory()));
  static final Setting<Integer> CACHE_ABSENT_ENTRIES =
      count("cache.absent-entries", "100000", 0, 100_000_000);
  static final Setting<Duration> CACHE_ABSENT_TIME =
      duration("cache.absent-time", "5s", Duration.ZERO, Duration.ofMinutes(5));
  static final Setting<Integer> CACHE_WAITING_LOADS =
      count("cache.waiting-loads", "10000", 1, 10_000_000);

  static final Setting<Integer> HASHING_THREADS = count("passwords.hashing-threads", "0", 0, 1024);

  static final Setting<Integer> FAILURES_PER_ACCOUNT =
      count("logins.failures-per-account", "20", 1, 1_000_000);
  static final Setting<Integer> FAILURES_PER_ADDRESS =
      count("logins.failures-per-address", "100", 1, 1_000_000);
  static final Setting<Duration> LOGINS_WINDOW =
      duration("logins.window", "5m", Duration.ofSeconds(1), Duration.ofDays(1));

  static final Setting<Optional<Path>> TLS_CERTIFICATE =
      add("tls.certificate", "", "the path of a PEM file", Parsers.optional(Path::of));
  static final Setting<Optional<Path>> TLS_KEY =
      add("tls.key", "", "the path of a PEM file", Parsers.optional(Path::of));
  static final Setting<Optional<Path>> TLS_CLIENT_CA =
      add("tls.client-ca", "", "the path of a PEM file", Parsers.optional(Path::of));
  static final Setting<JetonConfig.ClientAuth> TLS_CLIENT_AUTH =
      add("tls.client-auth", "none", "none, wanted or required", Parsers::clientAuth);
  static final Setting<Boolean> OPS_TLS = bool("ops.tls", "false");
  static final Setting<Boolean> PROXY_PROTOCOL = bool("proxy-protocol", "false");
  static final Setting<Integer> CONNECTIONS = count("limits.connections", "10000", 1, 1_000_000);
  static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
      count("limits.connections-per-address", "1000", 1, 1_000_000);
  static final Setting<Duration> IDLE_TIME =
      duration("limits.idle-time", "1m", Duration.ofSeconds(1), Duration.ofHours(1));
  static final Setting<Duration> UNANSWERED_TIME =
      duration("limits.unanswered-time", "30s", Duration.ofSeconds(1), Duration.ofHours(1));
  static final Setting<JetonConfig.LogFormat> LOG_FORMAT =
      add("log.format", "text", "text or json", Parsers.word(JetonConfig.LogFormat.class));
  static final Setting<JetonConfig.LoggedCalls> LOG_ACCESS =
      add("log.access", "none", "none, failed or all", Parsers.word(JetonConfig.LoggedCalls.class));

  private Settings() {}

  static List<Setting<?>> all() {
    return List.copyOf(ALL);
  }

  private static <T> Setting<T> add(
      String key, String defaultText, String expected, Function<String, T> parser) {
    return register(new Setting<>(key, defaultText, expected, parser::apply, false));
  }

  private static Setting<Optional<SecretReference>> secret(String key, String expected) {
    return register(
        new Setting<>(key, "", expected, Parsers.optional(SecretReference::new)::apply, true));
  }

  private static Setting<Boolean> bool(String key, String defaultText) {
    return add(key, defaultText, "true or false", Parsers::bool);
  }

  private static Setting<Integer> port(String key, String defaultText) {
    return add(
        key,
        defaultText,
        "a port from 0 to 65535, 0 for a free one",
        Parsers.wholeNumber(0, 65_535));
  }

  private static Setting<Integer> count(String key, String defaultText, int least, int most) {
    return add(
        key,
        defaultText,
        "a whole number from " + least + " to " + most,
        Parsers.wholeNumber(least, most));
  }

  private static Setting<Duration> duration(
      String key, String defaultText, Duration least, Duration most) {
    return add(
        key,
        defaultText,
        "a time from " + words(least) + " to " + words(most) + ", such as 500ms, 10s, 5m or 2h",
        Parsers.duration(least, most));
  }

  private static String words(Duration duration) {
    if (duration.toDays() > 1) {
      return duration.toDays() + "d";
    }
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  /**
   * One host: the driver would take the second of two for read-only. No parameters: they would
   * override the connection's time-outs, its encryption and what else each statement relies on.
   */
  private static String databaseUrl(String text) {
    if (!text.matches("jdbc:mysql://([\\w.\\-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?/[\\w$\\-]+")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** YAML reads a bare {@code off} as false. */
  private static JetonConfig.TlsMode tlsMode(String text) {
    return switch (text) {
      case "off", "false" -> JetonConfig.TlsMode.OFF;
      case "required" -> JetonConfig.TlsMode.REQUIRED;
      case "verify" -> JetonConfig.TlsMode.VERIFY;
      default -> throw new IllegalArgumentException();
    };
  }

  private static <T> Setting<T> register(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
