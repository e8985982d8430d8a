package io.jeton.server.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The lanes of this process. A transaction borrows one and gives it back when it has ended for
 * certain; after a commit whose outcome is unknown the lane is dropped instead, because a later
 * number of it could then become visible before an earlier one. Numbers may be missing in a lane;
 * they never come late. Safe for use by several threads.
 */
public final class Lanes {
  private final UUID bootId = UUID.randomUUID();
  private final Registry registry;
  private final Deque<Lane> idle = new ArrayDeque<>();
  private int registered;

  public Lanes(Registry registry) {
    this.registry = registry;
  }

  /** Records lanes in the store. */
  @FunctionalInterface
  public interface Registry {
    /**
     * Adds the n-th lane of a process, durably, and answers its id. Blocks.
     *
     * @param bootId names the process
     */
    long register(UUID bootId, int n);
  }

  /** Work on a borrowed lane. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Runs one transaction.
     *
     * @param unknown told when the transaction's outcome cannot be known
     */
    T run(Lane lane, Consumer<Lane> unknown);
  }

  /**
   * Runs one transaction on a lane that nobody else has. Registers a new one when all are in use,
   * which blocks.
   */
  public <T> T run(Work<T> work) {
    Lane lane = borrow();
    boolean[] dropped = {false};
    try {
      return work.run(lane, any -> dropped[0] = true);
    } finally {
      if (!dropped[0]) {
        giveBack(lane);
      }
    }
  }

  private Lane borrow() {
    int n;
    synchronized (idle) {
      Lane lane = idle.poll();
      if (lane != null) {
        return lane;
      }
      n = registered++;
    }
    return new Lane(registry.register(bootId, n));
  }

  private void giveBack(Lane lane) {
    synchronized (idle) {
      idle.push(lane);
    }
  }
}
