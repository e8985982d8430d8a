package io.jeton.load;

import io.jeton.load.http2.Call;
import io.jeton.load.http2.Target;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A server that takes part in a measurement.
 *
 * @param name what the result calls it
 * @param calls makes the call from a seed; equal seeds make equal requests
 * @param process whose processor time counts, and which is bound to the server's core
 */
record Contender(
    String name, Target target, LongFunction<Call> calls, Optional<ProcessHandle> process) {}
