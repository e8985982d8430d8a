package io.jeton.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times every call, by method and status code: {@code jeton_grpc_calls_seconds}. */
final class CallMetrics implements ServerInterceptor {
  private final MeterRegistry registry;
  private final Map<String, Map<Status.Code, Timer>> timers = new ConcurrentHashMap<>();

  CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    long begin = System.nanoTime();
    ServerCall<Q, R> timed =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            timer(getMethodDescriptor().getFullMethodName(), status.getCode())
                .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
          }
        };
    return next.startCall(timed, headers);
  }

  private Timer timer(String method, Status.Code code) {
    // All codes of a method at once, so that its map is never changed afterwards.
    Map<Status.Code, Timer> byCode =
        timers.computeIfAbsent(
            method,
            name -> {
              Map<Status.Code, Timer> fresh = new EnumMap<>(Status.Code.class);
              for (Status.Code each : Status.Code.values()) {
                fresh.put(
                    each,
                    Timer.builder("jeton.grpc.calls")
                        .description("How long calls took, by method and status code")
                        .tag("method", name)
                        .tag("code", each.name())
                        .register(registry));
              }
              return fresh;
            });
    return byCode.getOrDefault(code, registry.timer("jeton.grpc.calls.other"));
  }
}
