package io.jeton.server.cache;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small part of the store, held whole in memory and read again when it changed here and every so
 * often. Reading the value never blocks; safe for use by several threads.
 *
 * @param <T> an immutable value
 */
public final class Snapshot<T> implements Supplier<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  private final Supplier<T> store;
  private volatile T value;

  /** Reads the store for the first time, which blocks. */
  public Snapshot(Supplier<T> store) {
    this.store = store;
    this.value = store.get();
  }

  @Override
  public T get() {
    return value;
  }

  /** Reads the store again. Blocks; what was committed before the call is in the value after it. */
  public synchronized void refresh() {
    value = store.get();
  }

  /** Reads the store again if it answers; keeps the value if it does not. Blocks. */
  public void refreshQuietly() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.debug("A snapshot keeps its value", e);
    }
  }
}
