package io.jeton.client;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes blocking calls: each with its deadline, its failure as a {@link JetonException}. */
final class Calls {
  private final String server;
  private final Duration deadline;

  Calls(String server, Duration deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  <S extends AbstractBlockingStub<S>, R> R call(S stub, Function<S, R> rpc) {
    try {
      return rpc.apply(stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    } catch (StatusRuntimeException e) {
      throw JetonException.of(e, server);
    }
  }
}
