package io.jeton.server;

import io.jeton.server.storage.mysql.DatabaseAddress;
import io.jeton.server.storage.mysql.NodeLock;
import io.jeton.server.storage.mysql.NodeLock.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that this node has its database alone: it takes the lock at the start, and finds out
 * when another has it. A connection that was lost without a word holds the lock for a while, so
 * only a lasting loss counts.
 */
final class OnlyNode implements AutoCloseable {
  /** How often {@link #check} is to be called. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private static final long MOST_CHECKS_WITHOUT_LOCK =
      2 * NodeLock.GHOST.toSeconds() / PERIOD.toSeconds();
  private static final Logger LOG = LoggerFactory.getLogger(OnlyNode.class);

  private final NodeLock lock;
  private boolean wasReadOnly;
  private final CountDownLatch displaced = new CountDownLatch(1);
  private long checksWithoutLock;

  private OnlyNode(NodeLock lock) {
    this.lock = lock;
  }

  /** Takes the lock; gives a node that has just ended two seconds to be gone. Blocks. */
  static OnlyNode of(DatabaseAddress address) throws StartupException {
    NodeLock lock = NodeLock.of(address);
    State state = State.UNKNOWN;
    for (int attempt = 0; attempt < 20; attempt++) {
      state = lock.check();
      if (state == State.HELD) {
        return new OnlyNode(lock);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new StartupException(
        state == State.TAKEN
            ? "another jeton uses the database at " + address.url()
            : "the database at " + address.url() + " stopped answering, or is read-only");
  }

  /**
   * Looks after the lock. Blocks; one thread at a time.
   *
   * @param replaced run when the server is read-only, and so may have been replaced by another:
   *     what is connected to it must connect anew, or it would go on reading what is old
   */
  void check(Runnable replaced) {
    State state = lock.check();
    if (state == State.READ_ONLY) {
      if (!wasReadOnly) {
        LOG.warn("The database is read-only: connecting anew until one can be written to");
      }
      replaced.run();
    }
    wasReadOnly = state == State.READ_ONLY;
    checksWithoutLock = state == State.TAKEN ? checksWithoutLock + 1 : 0;
    if (checksWithoutLock > MOST_CHECKS_WITHOUT_LOCK && displaced.getCount() > 0) {
      LOG.error("Another jeton has taken the database: this one stops");
      displaced.countDown();
    }
  }

  /** Blocks until another node has taken the database; usually for ever. */
  void awaitDisplaced() throws InterruptedException {
    displaced.await();
  }

  @Override
  public void close() {
    lock.close();
  }
}
