package io.jeton.bridge.remote;

import io.grpc.stub.StreamObserver;
import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one answer of a call, as a future that fails with nothing but {@link CoreException}. */
final class Answer<R> implements StreamObserver<R> {
  private final CompletableFuture<R> future = new CompletableFuture<>();

  @Override
  public void onNext(R response) {
    future.complete(response);
  }

  @Override
  public void onError(Throwable failure) {
    future.completeExceptionally(Failures.of(failure));
  }

  @Override
  public void onCompleted() {
    future.completeExceptionally(new CoreException(ErrorReason.ERROR_REASON_INTERNAL));
  }

  /** The answer, or STORE_UNAVAILABLE when it does not come in time. */
  CompletableFuture<R> within(Duration limit) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    CompletableFuture<R> unused =
        future
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (response, failure) -> {
                  if (failure == null) {
                    answer.complete(response);
                  } else {
                    answer.completeExceptionally(
                        failure instanceof TimeoutException
                            ? new CoreException(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE)
                            : failure);
                  }
                });
    return answer;
  }
}
