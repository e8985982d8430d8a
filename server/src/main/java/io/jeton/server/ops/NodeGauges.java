package io.jeton.server.ops;

import io.jeton.server.cache.LateWrites;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.storage.mysql.PoolState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows as metrics how the parts of a node are at the moment they are asked for. */
public final class NodeGauges {
  private final MeterRegistry registry;

  public NodeGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows whether the database answers. */
  public void watch(DatabaseProbe probe) {
    Gauge.builder("jeton.store.up", probe, each -> each.state().isUp() ? 1 : 0)
        .description("Whether the database answers, asked every five seconds")
        .register(registry);
  }

  /** Shows how much room the disk of a folder has. */
  public void watch(FileStore disk) {
    Gauge.builder("jeton.data.free", disk, NodeGauges::free)
        .description("Room left on the disk of the data directory")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jeton.data.size", disk, NodeGauges::size)
        .description("Size of the disk of the data directory")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Shows a cache's size and how well it does. */
  public void watch(TokenCache cache, long limitBytes) {
    Gauge.builder("jeton.cache.limit", () -> limitBytes)
        .description("The most heap that the tokens held in memory may take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jeton.cache.tokens", cache, TokenCache::size)
        .description("Tokens held in memory")
        .register(registry);
    Gauge.builder("jeton.cache.size", cache, TokenCache::weight)
        .description("About how much heap the tokens held in memory take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jeton.cache.waiting", cache, TokenCache::waiting)
        .description("Verifications that wait for the database")
        .register(registry);
    FunctionCounter.builder("jeton.cache.evictions", cache, TokenCache::evictions)
        .description("Tokens dropped from memory for want of room")
        .register(registry);
  }

  /** Shows what is written late. */
  public void watch(String what, LateWrites<?> late) {
    Gauge.builder("jeton.late.writes.waiting", late, LateWrites::size)
        .description("Times that are not written to the database yet")
        .tag("what", what)
        .register(registry);
    FunctionCounter.builder("jeton.late.writes.dropped", late, LateWrites::dropped)
        .description("Times that were never written, for want of room while it was away")
        .tag("what", what)
        .register(registry);
  }

  /** Shows how busy the threads are that calls block on. */
  public void watch(ThreadPoolExecutor blocking) {
    Gauge.builder("jeton.calls.running", blocking, ThreadPoolExecutor::getActiveCount)
        .description("Calls that use the database now")
        .register(registry);
    Gauge.builder("jeton.calls.waiting", blocking, executor -> executor.getQueue().size())
        .description("Calls that wait for a thread")
        .register(registry);
    Gauge.builder("jeton.calls.waiting.limit", blocking, NodeGauges::mostWaiting)
        .description("The most calls that may wait for a thread before more are refused")
        .register(registry);
  }

  /** Shows how the connections to the database are used. */
  public void watch(Supplier<PoolState> connections, int limit) {
    Gauge.builder("jeton.database.connections.limit", () -> limit)
        .description("The most connections to the database that calls may use")
        .register(registry);
    state("active", () -> connections.get().active());
    state("idle", () -> connections.get().idle());
    Gauge.builder("jeton.database.waiting", () -> connections.get().waiting())
        .description("Calls that wait for a connection to the database")
        .register(registry);
    opened("ok", connections, PoolState::opened);
    opened("failed", connections, PoolState::failed);
  }

  private void state(String state, Supplier<Number> count) {
    Gauge.builder("jeton.database.connections", count)
        .description("Connections to the database, by whether a call uses them now")
        .tag("pool", "calls")
        .tag("state", state)
        .register(registry);
  }

  private void opened(
      String outcome, Supplier<PoolState> connections, ToDoubleFunction<PoolState> count) {
    FunctionCounter.builder(
            "jeton.database.connects", connections, each -> count.applyAsDouble(each.get()))
        .description("Attempts to connect to the database, by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Shows how busy the threads are that hash passwords. */
  public void watchHashing(ThreadPoolExecutor hashing) {
    Gauge.builder("jeton.passwords.running", hashing, ThreadPoolExecutor::getActiveCount)
        .description("Password hashes that are being computed")
        .register(registry);
    Gauge.builder("jeton.passwords.waiting", hashing, executor -> executor.getQueue().size())
        .description("Password hashes that wait for a thread")
        .register(registry);
    Gauge.builder("jeton.passwords.waiting.limit", hashing, NodeGauges::mostWaiting)
        .description("The most hashes that may wait for a thread before logins are refused")
        .register(registry);
  }

  private static double mostWaiting(ThreadPoolExecutor executor) {
    return (double) executor.getQueue().size() + executor.getQueue().remainingCapacity();
  }

  /** Not a number when the system does not say. */
  private static double free(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double size(FileStore disk) {
    try {
      return disk.getTotalSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
