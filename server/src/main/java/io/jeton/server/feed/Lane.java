package io.jeton.server.feed;

/**
 * One writing worker's own numbering of its changes.
 *
 * <p>A lane has one transaction at a time, so within a lane the order of the numbers is the order
 * of the commits, which the order of inserts across connections is not. Whoever follows a lane can
 * therefore remember one number and miss nothing. Used by one thread at a time.
 */
public final class Lane {
  private final long id;
  private long last;

  Lane(long id) {
    this.id = id;
  }

  /** The lane's id, which no other lane of the database has or will have. */
  public long id() {
    return id;
  }

  /**
   * The number for the next change of the transaction that holds the lane: larger than all before
   * it.
   */
  public long next() {
    return ++last;
  }
}
