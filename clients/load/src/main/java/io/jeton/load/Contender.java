package io.jeton.load;

import io.jeton.load.http2.Call;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * A server that takes part in a measurement.
 *
 * @param name what the result calls it
 * @param loader what loads it
 * @param processes whose processor time counts, and which are bound to the server's core; none when
 *     they are not known
 * @param meanwhile begins what goes on beside each round, which lasts so many seconds
 */
record Contender(
    String name,
    Loader loader,
    List<ProcessHandle> processes,
    Optional<IntFunction<Thread>> meanwhile) {
  /** What loads it for a while. */
  @FunctionalInterface
  interface Loader {
    /**
     * Loads the server. Blocks.
     *
     * @param seed equal seeds make equal requests
     */
    LoadResult load(LoadOptions options, int seconds, long seed) throws IOException;
  }

  /**
   * One that is loaded over gRPC, and during whose rounds nothing else goes on.
   *
   * @param calls makes the call from a seed; equal seeds make equal requests
   */
  Contender(String name, Target target, LongFunction<Call> calls, Optional<ProcessHandle> process) {
    this(
        name,
        (options, seconds, seed) ->
            ClosedLoop.run(
                target,
                calls.apply(seed),
                Plan.of(options.connections, options.streams, Duration.ofSeconds(seconds))),
        process.stream().toList(),
        Optional.empty());
  }

  /** The same, with something else that goes on during its rounds. */
  Contender during(IntFunction<Thread> meanwhile) {
    return new Contender(name, loader, processes, Optional.of(meanwhile));
  }
}
