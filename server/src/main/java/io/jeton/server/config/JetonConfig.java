package io.jeton.server.config;

import io.jeton.server.domain.RealmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an operator can set, checked. Immutable.
 *
 * @param contracts the contract instances as they stand in the file, for the bridge to read; empty:
 *     its defaults
 * @param trustedProxies the networks whose word about a client's address counts
 * @param previousMasterKeys what the key ring may still be encrypted under
 * @param eventLoops how many threads answer calls
 */
public record JetonConfig(
    Listen listen,
    Listen ops,
    Path dataDirectory,
    List<RealmName> realms,
    Optional<List<Map<String, Object>>> contracts,
    List<String> trustedProxies,
    Optional<SecretReference> masterKey,
    List<SecretReference> previousMasterKeys,
    int eventLoops,
    boolean reflection,
    Timeouts timeouts,
    Database database,
    Embedded embedded,
    Retention retention,
    Cache cache,
    Passwords passwords,
    Logins logins,
    Exposure exposure,
    Log log) {

  /** The same with other contract instances. */
  public JetonConfig withContracts(List<Map<String, Object>> instances) {
    return new JetonConfig(
        listen,
        ops,
        dataDirectory,
        realms,
        Optional.of(instances),
        trustedProxies,
        masterKey,
        previousMasterKeys,
        eventLoops,
        reflection,
        timeouts,
        database,
        embedded,
        retention,
        cache,
        passwords,
        logins,
        exposure,
        log);
  }

  /**
   * Where a port listens.
   *
   * @param port 0 for a free one
   * @param inClear whether it may listen beyond this machine without TLS
   */
  public record Listen(String host, int port, boolean inClear) {}

  /**
   * How long things may take.
   *
   * @param drain calls under way, when the server stops
   * @param verify a verification that asks the database
   * @param call every other call
   */
  public record Timeouts(Duration drain, Duration verify, Duration call) {}

  /**
   * The database.
   *
   * @param url of an external one; empty: the embedded one
   * @param readers how many questions verification asks at once
   * @param writers how many other calls use the database at once
   */
  public record Database(
      Optional<String> url,
      String user,
      Optional<SecretReference> password,
      int readers,
      int writers,
      DatabaseTls tls) {}

  /**
   * How an external database is spoken to.
   *
   * @param mode empty: as the address and the certificates have it
   * @param certificates those that the database's must come from; empty: those that Java trusts
   */
  public record DatabaseTls(Optional<TlsMode> mode, Optional<Path> certificates) {}

  /** In clear, encrypted, or encrypted for nobody but the database itself. */
  public enum TlsMode {
    OFF,
    REQUIRED,
    VERIFY
  }

  /**
   * The embedded database.
   *
   * @param binary an installed mariadbd to use instead of the distribution's
   */
  public record Embedded(Optional<Path> binary, long bufferPoolBytes) {}

  /**
   * How long the janitor keeps rows.
   *
   * @param tokens those of tokens, after they are over
   * @param audit the records of changes
   */
  public record Retention(Duration tokens, Duration audit) {}

  /** How many threads hash passwords. */
  public record Passwords(int hashingThreads) {}

  /** How many failed logins of an account or from an address are too many, within how long. */
  public record Logins(int failuresPerAccount, int failuresPerAddress, Duration window) {}

  /**
   * How the ports face the network.
   *
   * @param tls empty: they are not encrypted
   * @param proxyProtocol whether trusted proxies name their clients by the PROXY protocol
   */
  public record Exposure(Optional<Tls> tls, boolean proxyProtocol, Limits limits) {}

  /**
   * What the port shows its clients, and asks of them.
   *
   * @param clientCa who may have signed the certificates of clients
   * @param onOps whether the port of operators is encrypted too
   */
  public record Tls(
      Path certificate, Path key, Optional<Path> clientCa, ClientAuth clientAuth, boolean onOps) {}

  /** Whether clients must show a certificate. */
  public enum ClientAuth {
    NONE,
    WANTED,
    REQUIRED
  }

  /**
   * How many connections there may be.
   *
   * @param perAddress from one address that is not a trusted proxy's
   * @param idle how long one may stay without a request
   * @param unanswered how long one may stay on which nothing is answered
   */
  public record Limits(int connections, int perAddress, Duration idle, Duration unanswered) {}

  /** How the log is written, and which calls get a line of their own. */
  public record Log(LogFormat format, LoggedCalls access) {}

  /** How a line of the log is written. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** Which calls get a line in the log. */
  public enum LoggedCalls {
    NONE,
    FAILED,
    ALL
  }

  /** What verification keeps in memory. */
  public record Cache(long bytes, int absentEntries, Duration absentTime, int waitingLoads) {}
}
