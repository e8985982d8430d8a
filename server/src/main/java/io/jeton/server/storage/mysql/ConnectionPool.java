package io.jeton.server.storage.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The settings of the connections, each with its reason. */
final class ConnectionPool {
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

  private ConnectionPool() {}

  static HikariDataSource open(DatabaseAddress address, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("jeton");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password().reveal());
    config.setDataSourceProperties(driverProperties());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(4, size));
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.setValidationTimeout(500);
    config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
    config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // The database may be down when the pool is made; whoever needs a connection is told.
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverrideClassName(EvictReadOnly.class.getName());
    return new HikariDataSource(config);
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
    properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
    return properties;
  }

  /**
   * Throws away connections to a server that has become read-only: after a failover they would stay
   * (HikariCP #2185).
   */
  public static final class EvictReadOnly implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return StoreFailures.isReadOnly(e) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }
}
