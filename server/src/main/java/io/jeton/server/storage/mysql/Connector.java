package io.jeton.server.storage.mysql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens connections to one database. While a connection is being made every answer must come within
 * the time for that, and later within the time for answers. Safe for use by several threads;
 * opening blocks.
 */
class Connector implements DataSource {
  private final DatabaseAddress address;
  private final Properties properties;
  private final Duration connectTimeout;
  private final Duration answerTimeout;

  /**
   * One whose connections nothing limits once they are made, for what takes as long as it takes.
   */
  static Connector unlimited(DatabaseAddress address, Duration connectTimeout) {
    return new Connector(address, ConnectionPool.driverProperties(), connectTimeout, Duration.ZERO);
  }

  Connector(DatabaseAddress address, Duration connectTimeout, Duration answerTimeout) {
    this(address, ConnectionPool.callProperties(), connectTimeout, answerTimeout);
  }

  private Connector(
      DatabaseAddress address,
      Properties properties,
      Duration connectTimeout,
      Duration answerTimeout) {
    this.address = address;
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
    this.properties = properties;
    address.tls().addTo(properties);
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().reveal());
    properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(connectTimeout.toMillis()));
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answerTimeout.toMillis()));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  /** Each connection has its time-outs from the constructor. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** As long as a pool that is closed waits for an attempt: the network and then the answers. */
  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(connectTimeout.multipliedBy(2).toSeconds()) + 1;
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
