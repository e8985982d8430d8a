package io.jeton.server.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.jeton.server.watch.Refusals;
import io.jeton.v1.ErrorReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times the calls of one rpc, by status code: {@code jeton_grpc_calls_seconds}. From the message
 * that has been read to the answer that is handed to the wire. Safe for use by several threads;
 * never blocks.
 */
final class CallMetrics {
  private final Map<Status.Code, Timer> timers;
  private final Timer ok;
  private final String name;
  private final Refusals refusals;

  CallMetrics(MethodDescriptor<?, ?> rpc, MeterRegistry registry, Refusals refusals) {
    this.name = rpc.getFullMethodName();
    this.refusals = refusals;
    this.timers =
        Stream.of(Status.Code.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    code ->
                        Timer.builder("jeton.grpc.calls")
                            .description("How long calls took, by method and status code")
                            .tag("method", rpc.getFullMethodName())
                            .tag("code", code.name())
                            .register(registry)));
    this.ok = timer(Status.Code.OK);
  }

  /** Counts a call that has been answered, and the nanoseconds that it took. */
  void answered(long nanos) {
    ok.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a call that has failed. */
  void failed(Status.Code code, long nanos) {
    timer(code).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Notes why a call has failed. */
  void refused(ErrorReason reason, String requestId) {
    refusals.note(reason, name, requestId);
  }

  private Timer timer(Status.Code code) {
    Timer timer = timers.get(code);
    if (timer == null) {
      throw new IllegalStateException("every code has a timer");
    }
    return timer;
  }
}
