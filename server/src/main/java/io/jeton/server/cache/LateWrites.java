package io.jeton.server.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times that are written to the store late: of each key the latest is kept, and once a second all
 * are written by a thread of its own, many in one go. While the store does not answer they are
 * kept; when they become too many the oldest are dropped. Safe for use by several threads; noting
 * and reading never block.
 *
 * @param <K> what the times are of
 */
public final class LateWrites<K> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateWrites.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int BATCH = 500;

  private final String name;
  private final int capacity;
  private final Writer<K> writer;
  private final Thread thread;
  private final LongAdder dropped = new LongAdder();

  /** Held while a batch is on its way to the store. */
  private final ReentrantLock flushing = new ReentrantLock();

  private final Object lock = new Object();
  private Map<K, Instant> waiting = new LinkedHashMap<>();
  private Map<K, Instant> underWay = Map.of();
  private boolean isFailing;

  /**
   * Starts the thread.
   *
   * @param name says in the log what is written
   * @param capacity how many keys are kept at the most
   */
  public LateWrites(String name, int capacity, Writer<K> writer) {
    this.name = name;
    this.capacity = capacity;
    this.writer = writer;
    this.thread = new Thread(this::work, "jeton-late-" + name.replace(' ', '-'));
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes times to the store. */
  @FunctionalInterface
  public interface Writer<K> {
    /** Writes these, all or none; may be given what it has written before. Blocks. */
    void write(Map<K, Instant> times);
  }

  /** Has a time written soon, unless a later one of the same key is. */
  public void note(K key, Instant time) {
    synchronized (lock) {
      waiting.merge(key, time, LateWrites::later);
      dropOldest();
    }
  }

  /** The latest time of a key that is not written yet. */
  public Optional<Instant> pending(K key) {
    synchronized (lock) {
      Instant noted = waiting.get(key);
      Instant leaving = underWay.get(key);
      return Optional.ofNullable(
          noted == null || leaving == null
              ? (noted == null ? leaving : noted)
              : later(noted, leaving));
    }
  }

  /**
   * Has what is not written yet of a key never be written. Blocks while a batch is on its way to
   * the store: afterwards nothing of the key is.
   */
  public void forget(K key) {
    flushing.lock();
    try {
      synchronized (lock) {
        waiting.remove(key);
      }
    } finally {
      flushing.unlock();
    }
  }

  /**
   * Writes all that has been noted; what the store refuses is kept. Answers whether it took all
   * that was noted before. Blocks.
   */
  public boolean flush() {
    flushing.lock();
    try {
      int remaining = size();
      while (remaining > 0 && writeBatch()) {
        remaining -= BATCH;
      }
      return remaining <= 0;
    } finally {
      flushing.unlock();
    }
  }

  /** How many keys have a time that is not written yet. */
  public int size() {
    synchronized (lock) {
      return waiting.size() + underWay.size();
    }
  }

  /** How many times were dropped for want of room. */
  public long dropped() {
    return dropped.sum();
  }

  /** Writes what there is, if the store takes it, and ends the thread. Blocks. */
  @Override
  public void close() {
    thread.interrupt();
    flush();
    int lost = size();
    if (lost > 0) {
      LOG.warn("{}: {} could not be written before the end", name, lost);
    }
  }

  private void work() {
    try {
      while (true) {
        Thread.sleep(PERIOD.toMillis());
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the oldest; whether the store took them. */
  private boolean writeBatch() {
    Map<K, Instant> batch = take();
    try {
      if (!batch.isEmpty()) {
        writer.write(batch);
      }
    } catch (RuntimeException e) {
      putBack(batch);
      if (!isFailing) {
        LOG.warn("{}: not written now, kept for later", name, e);
      }
      isFailing = true;
      return false;
    }
    synchronized (lock) {
      underWay = Map.of();
    }
    isFailing = false;
    return true;
  }

  private Map<K, Instant> take() {
    synchronized (lock) {
      Map<K, Instant> batch = new LinkedHashMap<>();
      Iterator<Map.Entry<K, Instant>> oldest = waiting.entrySet().iterator();
      while (batch.size() < BATCH && oldest.hasNext()) {
        Map.Entry<K, Instant> each = oldest.next();
        batch.put(each.getKey(), each.getValue());
        oldest.remove();
      }
      underWay = batch;
      return batch;
    }
  }

  /** Puts a batch before all that came later. */
  private void putBack(Map<K, Instant> batch) {
    synchronized (lock) {
      Map<K, Instant> all = new LinkedHashMap<>(batch);
      waiting.forEach((key, time) -> all.merge(key, time, LateWrites::later));
      waiting = all;
      underWay = Map.of();
      dropOldest();
    }
  }

  private void dropOldest() {
    while (waiting.size() > capacity) {
      Iterator<K> oldest = waiting.keySet().iterator();
      oldest.next();
      oldest.remove();
      dropped.increment();
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
