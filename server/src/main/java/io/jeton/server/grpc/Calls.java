package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.Identity;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
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

  Calls(Executor executor, Duration timeout) {
    this.executor = executor;
    this.timeout = timeout;
  }

  /** Answers a call that does not block. */
  <R> void answer(StreamObserver<R> observer, Supplier<CompletableFuture<R>> call) {
    CompletableFuture<R> response;
    try {
      response = call.get();
    } catch (RuntimeException e) {
      fail(observer, e, ServiceRequestContext.current());
      return;
    }
    if (response.isDone() && !response.isCompletedExceptionally()) {
      observer.onNext(response.join());
      observer.onCompleted();
      return;
    }
    ServiceRequestContext context = ServiceRequestContext.current();
    CompletableFuture<R> unused =
        response.whenComplete(
            (message, failure) -> {
              if (failure != null) {
                fail(observer, failure, context);
              } else {
                observer.onNext(message);
                observer.onCompleted();
              }
            });
  }

  /** Answers a call that blocks, for an identified caller. */
  <Q, R> void answerBlocking(
      Q request, StreamObserver<R> observer, BiFunction<Q, Identity, R> call) {
    answer(
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

  private static void fail(
      StreamObserver<?> observer, Throwable failure, ServiceRequestContext context) {
    observer.onError(GrpcErrors.exception(failure, CallerInterceptor.requestId(context)));
  }
}
