package io.jeton.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the calls under way finish while new ones are refused as STOPPING: clients that never pause
 * would otherwise keep a stopping server busy until it cuts them off. Safe for use by several
 * threads.
 */
public final class Drain implements ServerInterceptor {
  private static final Duration POLL = Duration.ofMillis(5);

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private volatile boolean isStopping;

  /** Refuses calls from now on, and blocks until none is under way or the time is over. */
  public void finish(Duration atMost) {
    isStopping = true;
    long deadline = System.nanoTime() + atMost.toNanos();
    while (isAnyUnderWay() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean isAnyUnderWay() {
    // Read in this order: a call that begins and ends in between must not hide another.
    long endedUntilNow = ended.sum();
    return begun.sum() != endedUntilNow;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    // Counted before it asks, so that finish() waits for it or it is refused.
    begun.increment();
    if (isStopping) {
      ended.increment();
      StatusRuntimeException status =
          GrpcErrors.exception(RefusedException.of(Refusal.STOPPING), "");
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    AtomicBoolean isUnderWay = new AtomicBoolean(true);
    ServerCall<Q, R> counted =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            end(isUnderWay);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
      @Override
      public void onCancel() {
        super.onCancel();
        end(isUnderWay);
      }
    };
  }

  private void end(AtomicBoolean isUnderWay) {
    if (isUnderWay.getAndSet(false)) {
      ended.increment();
    }
  }
}
