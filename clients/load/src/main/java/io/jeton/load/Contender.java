package io.jeton.load;

import io.jeton.load.http2.Call;
import io.jeton.load.http2.Target;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * A server that takes part in a measurement.
 *
 * @param name what the result calls it
 * @param calls makes the call from a seed; equal seeds make equal requests
 * @param process whose processor time counts, and which is bound to the server's core
 * @param meanwhile begins what goes on beside each round, which lasts so many seconds
 */
record Contender(
    String name,
    Target target,
    LongFunction<Call> calls,
    Optional<ProcessHandle> process,
    Optional<IntFunction<Thread>> meanwhile) {

  /** One during whose rounds nothing else goes on. */
  Contender(String name, Target target, LongFunction<Call> calls, Optional<ProcessHandle> process) {
    this(name, target, calls, process, Optional.empty());
  }

  /** The same, with something else that goes on during its rounds. */
  Contender during(IntFunction<Thread> meanwhile) {
    return new Contender(name, target, calls, process, Optional.of(meanwhile));
  }
}
