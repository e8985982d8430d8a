package io.jeton.server.storage.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;

/**
 * The connections of a node, each setting with its reason. Safe for use by several threads; closing
 * blocks.
 */
final class ConnectionPool extends HikariDataSource {
  /**
   * How long a call waits for a connection, and a connection for the network: cold calls fail
   * within a second.
   */
  static final Duration CONNECT_TIMEOUT = Duration.ofMillis(900);

  /**
   * How long a connection waits for an answer before it is given up, so that a frozen database
   * frees its workers.
   */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /**
   * How long a statement waits for a lock: less than for its answer, so that the server says that
   * it gave up, and so that what a cut connection left waiting is gone as soon.
   */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(4);

  /** Idle connections are used this often, which finds those that the network has lost. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(30);

  /**
   * How long the server keeps a connection that is not used: what a node that is gone had locked is
   * free then, and its connections count no longer.
   */
  private static final Duration ABANDONED = KEEPALIVE.multipliedBy(3);

  private static final String STRICT = "sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'";

  private final PatientConnector connector;

  private ConnectionPool(HikariConfig config, PatientConnector connector) {
    super(config);
    this.connector = connector;
  }

  static ConnectionPool open(DatabaseAddress address, int size) {
    PatientConnector connector = new PatientConnector(address, CONNECT_TIMEOUT, ANSWER_TIMEOUT);
    HikariConfig config = new HikariConfig();
    config.setPoolName("jeton");
    config.setDataSource(connector);
    config.setMaximumPoolSize(size);
    // Four are ready for a call that comes after a quiet time; the others are made when needed.
    config.setMinimumIdle(Math.min(4, size));
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    // Two lost connections can be found out within the time for a connection.
    config.setValidationTimeout(400);
    config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    // No connection stays where a name or a proxy led to before a failover.
    config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // The database may be down when the pool is made; whoever needs a connection is told.
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new EvictReadOnly());
    return new ConnectionPool(config, connector);
  }

  static Properties driverProperties() {
    Properties properties = new Properties();
    // Prepared on the server and kept: without the cache each execution is prepared anew.
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("prepStmtCacheSize", "128");
    properties.setProperty("prepStmtCacheSqlLimit", "8192");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("cacheServerConfiguration", "true");
    properties.setProperty("maintainTimeStats", "false");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("tcpKeepAlive", "true");
    // Whatever the server's own is: nothing is cut off without a word.
    properties.setProperty("sessionVariables", STRICT);
    return properties;
  }

  /** What holds for connections that calls use: no lock outlasts its owner. */
  static Properties callProperties() {
    Properties properties = driverProperties();
    properties.setProperty(
        "sessionVariables",
        STRICT
            + (",innodb_lock_wait_timeout=" + LOCK_TIMEOUT.toSeconds())
            + (",wait_timeout=" + ABANDONED.toSeconds()));
    return properties;
  }

  /** Replaces every connection: those in use when they are given back. */
  void renew() {
    getHikariPoolMXBean().softEvictConnections();
  }

  /** How it is used now, and how often the database was connected to. */
  PoolState state() {
    return new PoolState(
        getHikariPoolMXBean().getActiveConnections(),
        getHikariPoolMXBean().getIdleConnections(),
        getHikariPoolMXBean().getThreadsAwaitingConnection(),
        connector.opened(),
        connector.failed());
  }

  @Override
  public void close() {
    // First, or the pool would wait for an attempt that goes on for ever.
    connector.close();
    super.close();
  }
}
