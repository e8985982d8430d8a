package io.jeton.server.storage.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections for the pool, and tries until the database can be reached. The pool would wait
 * twice as long after each failure, up to five seconds, and a database that is back would stay
 * unused for as long. Safe for use by several threads; opening blocks until it succeeds or this is
 * closed.
 */
final class PatientConnector extends Connector implements AutoCloseable {
  /** How long to wait after a failure: a closed port is refused at once. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(PatientConnector.class);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final LongAdder opened = new LongAdder();
  private final LongAdder failed = new LongAdder();

  PatientConnector(DatabaseAddress address, Duration connectTimeout, Duration answerTimeout) {
    super(address, connectTimeout, answerTimeout);
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = super.getConnection();
        opened.increment();
        if (isAway.getAndSet(false)) {
          LOG.info("The database can be reached again");
        }
        return connection;
      } catch (SQLException e) {
        failed.increment();
        if (!isAway.getAndSet(true)) {
          LOG.warn(
              "The database cannot be reached, and is tried until it can: {}",
              DatabaseProblems.oneLine(e));
        }
        if (isClosedAfterPause()) {
          throw e;
        }
      }
    }
  }

  /** How many connections were opened. */
  long opened() {
    return opened.sum();
  }

  /** How many attempts failed. */
  long failed() {
    return failed.sum();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private boolean isClosedAfterPause() throws SQLException {
    try {
      return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the database was away", e);
    }
  }
}
