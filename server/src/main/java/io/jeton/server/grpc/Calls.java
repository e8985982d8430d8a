package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.Identity;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.watch.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Carries out calls: those that block on threads of their own, with a time-out, and answers each
 * exactly once. Safe for use by several threads; never blocks.
 */
final class Calls {
  private final Executor executor;
  private final Duration timeout;
  private final Drain drain;
  private final MeterRegistry registry;
  private final Refusals refusals;

  Calls(
      Executor executor, Duration timeout, Drain drain, MeterRegistry registry, Refusals refusals) {
    this.executor = executor;
    this.timeout = timeout;
    this.drain = drain;
    this.registry = registry;
    this.refusals = refusals;
  }

  /** What times the calls of an rpc. */
  CallMetrics metrics(MethodDescriptor<?, ?> rpc) {
    return new CallMetrics(rpc, registry, refusals);
  }

  /** Answers a call that does not block. */
  <R> void answer(
      CallMetrics metrics, StreamObserver<R> observer, Supplier<CompletableFuture<R>> call) {
    long begin = System.nanoTime();
    try {
      drain.begin();
    } catch (RefusedException e) {
      fail(metrics, observer, e, ServiceRequestContext.current(), begin);
      return;
    }
    CompletableFuture<R> response;
    try {
      response = call.get();
    } catch (RuntimeException e) {
      fail(metrics, observer, e, ServiceRequestContext.current(), begin);
      drain.end();
      return;
    }
    if (response.isDone() && !response.isCompletedExceptionally()) {
      succeed(metrics, observer, response.join(), begin);
      drain.end();
      return;
    }
    ServiceRequestContext context = ServiceRequestContext.current();
    CompletableFuture<R> unused =
        response.whenComplete(
            (message, failure) -> {
              try {
                if (failure != null) {
                  fail(metrics, observer, failure, context, begin);
                } else {
                  succeed(metrics, observer, message, begin);
                }
              } finally {
                // Also when the client has gone and cannot be answered.
                drain.end();
              }
            });
  }

  /** Answers a call that blocks, for an identified caller. */
  <Q, R> void answerBlocking(
      CallMetrics metrics, Q request, StreamObserver<R> observer, BiFunction<Q, Identity, R> call) {
    answer(
        metrics,
        observer,
        () -> {
          Identity identity = CallerInterceptor.identity(ServiceRequestContext.current());
          try {
            return CompletableFuture.supplyAsync(() -> call.apply(request, identity), executor)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
          } catch (RejectedExecutionException e) {
            throw RefusedException.of(Refusal.OVERLOADED);
          }
        });
  }

  /** Answers a call that does not block and is answered later, for an identified caller. */
  <Q, R> void answerLater(
      CallMetrics metrics,
      Q request,
      StreamObserver<R> observer,
      BiFunction<Q, Identity, CompletableFuture<R>> call) {
    answer(
        metrics,
        observer,
        () ->
            call.apply(request, CallerInterceptor.identity(ServiceRequestContext.current()))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Carries out a part of a call that blocks, with a time-out of its own. */
  CompletableFuture<Void> runBlocking(Runnable part) {
    try {
      return CompletableFuture.runAsync(part, executor)
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(RefusedException.of(Refusal.OVERLOADED));
    }
  }

  /** What refuses calls when the server stops. */
  Drain drain() {
    return drain;
  }

  static <R> void succeed(CallMetrics metrics, StreamObserver<R> observer, R message, long begin) {
    metrics.answered(System.nanoTime() - begin);
    observer.onNext(message);
    observer.onCompleted();
  }

  static void fail(
      CallMetrics metrics,
      StreamObserver<?> observer,
      Throwable failure,
      ServiceRequestContext context,
      long begin) {
    String requestId = CallerInterceptor.requestId(context);
    StatusRuntimeException status = GrpcErrors.exception(failure, requestId);
    metrics.refused(GrpcErrors.reason(status), requestId);
    metrics.failed(status.getStatus().getCode(), System.nanoTime() - begin);
    observer.onError(status);
  }
}
