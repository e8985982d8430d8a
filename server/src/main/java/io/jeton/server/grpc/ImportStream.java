package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ImportSession;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One import: the records that came while a batch was at work are the next batch, and no more come
 * than two batches can hold. Lives on its call's event loop, and blocks on other threads.
 */
final class ImportStream implements StreamObserver<ImportRequest> {
  private static final int BATCH = 200;

  /** Each costs a hash or two, and the call's time-out is for a batch. */
  private static final int MOST_PASSWORDS = 16;

  private static final int LARGEST_RECORD = 128 << 10;

  private final Calls calls;
  private final CallMetrics metrics;
  private final ServiceRequestContext context;
  private final ServerCallStreamObserver<ImportResponse> observer;
  private final Function<Boolean, ImportSession> sessions;
  private final long begin = System.nanoTime();
  private final Queue<ImportRequest> waiting = new ArrayDeque<>();

  private @Nullable ImportSession session;
  private boolean isWorking;
  private boolean isComplete;
  private boolean isDone;

  /** Takes what begins an import; its argument says whether the records are only checked. */
  ImportStream(
      Calls calls,
      CallMetrics metrics,
      ServiceRequestContext context,
      ServerCallStreamObserver<ImportResponse> observer,
      Function<Boolean, ImportSession> sessions) {
    this.calls = calls;
    this.metrics = metrics;
    this.context = context;
    this.observer = observer;
    this.sessions = sessions;
  }

  /** Asks for the first records. */
  void begin() {
    observer.disableAutoRequest();
    observer.setOnCancelHandler(() -> context.eventLoop().execute(this::cancel));
    observer.request(BATCH);
  }

  /** Ends a call that has not begun. */
  void refuse(RefusedException e) {
    isDone = true;
    Calls.fail(metrics, observer, e, context, begin);
  }

  @Override
  public void onNext(ImportRequest request) {
    if (isDone) {
      return;
    }
    // One that is too large is refused with its line, and its bytes are not kept.
    waiting.add(
        request.getSerializedSize() <= LARGEST_RECORD
            ? request
            : request.toBuilder().clearRecord().build());
    proceed();
  }

  @Override
  public void onCompleted() {
    isComplete = true;
    proceed();
  }

  @Override
  public void onError(Throwable t) {
    cancel();
  }

  private void proceed() {
    if (isWorking || isDone) {
      return;
    }
    if (calls.drain().isStopping()) {
      fail(RefusedException.of(Refusal.STOPPING));
    } else if (!waiting.isEmpty()) {
      work();
    } else if (isComplete) {
      answer();
    }
  }

  private void work() {
    List<ImportRequest> batch = new ArrayList<>();
    int passwords = 0;
    while (!waiting.isEmpty() && batch.size() < BATCH && passwords < MOST_PASSWORDS) {
      ImportRequest next = waiting.remove();
      passwords += next.getAccount().getAccount().hasPassword() ? 1 : 0;
      batch.add(next);
    }
    ImportSession current = session(batch.get(0).getValidateOnly());
    isWorking = true;
    var unused =
        calls
            .runBlocking(() -> current.take(batch))
            .whenCompleteAsync(
                (nothing, failure) -> worked(batch.size(), failure), context.eventLoop());
  }

  private void worked(int records, @Nullable Throwable failure) {
    isWorking = false;
    if (isDone) {
      calls.drain().end();
    } else if (failure != null) {
      fail(failure);
    } else if (session(false).isStopped()) {
      answer();
    } else {
      observer.request(records);
      proceed();
    }
  }

  private ImportSession session(boolean validateOnly) {
    if (session == null) {
      session = sessions.apply(validateOnly);
    }
    return session;
  }

  private void answer() {
    end();
    Calls.succeed(metrics, observer, session(false).response(), begin);
  }

  private void fail(Throwable failure) {
    end();
    Calls.fail(metrics, observer, failure, context, begin);
  }

  /** The client has gone: what is at work ends by itself. */
  private void cancel() {
    if (!isDone) {
      end();
    }
  }

  private void end() {
    isDone = true;
    waiting.clear();
    if (!isWorking) {
      calls.drain().end();
    }
  }
}
