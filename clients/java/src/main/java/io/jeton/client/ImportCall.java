package io.jeton.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.jeton.client.records.BadLineException;
import io.jeton.client.records.FieldNames;
import io.jeton.client.records.ImportReader;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc.ImportServiceStub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One stream of records, sent no faster than the server takes them. One thread sends; closing it
 * ends the call if it is still under way.
 */
final class ImportCall
    implements ClientResponseObserver<ImportRequest, ImportResponse>, AutoCloseable {
  /** The server answers at the end alone, and a window of records with passwords takes minutes. */
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private static final int MOST_PROBLEMS = 100;
  private static final int PROGRESS_PERIOD = 1_000;

  private final boolean validateOnly;
  private final List<ImportProblem> badLines = new ArrayList<>();
  private @Nullable ClientCallStreamObserver<ImportRequest> requests;

  // Guarded by this.
  private Optional<ImportResponse> response = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private boolean isDone;

  private ImportCall(boolean validateOnly) {
    this.validateOnly = validateOnly;
  }

  static ImportCall begin(ImportServiceStub stub, boolean validateOnly) {
    ImportCall call = new ImportCall(validateOnly);
    var unused = stub.import_(call);
    return call;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ImportRequest> stream) {
    requests = stream;
    stream.setOnReadyHandler(this::wake);
  }

  /** Sends everything and waits for the answer. */
  ImportResult send(ImportReader reader, LongConsumer progress) throws IOException {
    ClientCallStreamObserver<ImportRequest> stream = stream();
    long sent = 0;
    for (Optional<ImportRequest> next = next(reader); next.isPresent(); next = next(reader)) {
      await(() -> isDone || stream.isReady());
      if (isDone()) {
        break;
      }
      stream.onNext(next.get().toBuilder().setValidateOnly(validateOnly).build());
      if (++sent % PROGRESS_PERIOD == 0) {
        progress.accept(sent);
      }
    }
    if (!isDone()) {
      stream.onCompleted();
    }
    await(() -> isDone);
    progress.accept(sent);
    return result();
  }

  @Override
  public void onNext(ImportResponse value) {
    synchronized (this) {
      response = Optional.of(value);
    }
  }

  @Override
  public void onError(Throwable t) {
    synchronized (this) {
      failure = Optional.of(t);
    }
    finish();
  }

  @Override
  public void onCompleted() {
    finish();
  }

  @Override
  public void close() {
    if (!isDone()) {
      stream().cancel("the file could not be sent to its end", null);
    }
  }

  /**
   * The next record that is one; bad lines are kept as problems, and the first ends what is
   * written.
   */
  private Optional<ImportRequest> next(ImportReader reader) throws IOException {
    while (true) {
      try {
        return reader.next();
      } catch (BadLineException e) {
        if (badLines.size() < MOST_PROBLEMS) {
          badLines.add(new ImportProblem(e.line(), e.field(), e.problem()));
        }
        if (!validateOnly) {
          return Optional.empty();
        }
      }
    }
  }

  private ClientCallStreamObserver<ImportRequest> stream() {
    if (requests == null) {
      throw new IllegalStateException("the call has not begun");
    }
    return requests;
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void finish() {
    isDone = true;
    notifyAll();
  }

  private synchronized boolean isDone() {
    return isDone;
  }

  private synchronized void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + STANDSTILL.toNanos();
    while (!condition.getAsBoolean()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw Status.DEADLINE_EXCEEDED.asRuntimeException();
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Status.CANCELLED.asRuntimeException();
      }
    }
  }

  private synchronized ImportResult result() {
    if (failure.isPresent() || response.isEmpty()) {
      Throwable cause = failure.orElseGet(Status.INTERNAL::asRuntimeException);
      throw cause instanceof StatusRuntimeException status
          ? status
          : Status.fromThrowable(cause).asRuntimeException();
    }
    ImportResponse m = response.get();
    return new ImportResult(
        m.getCreated(),
        m.getChanged(),
        m.getUnchanged(),
        Stream.concat(badLines.stream(), problems(m.getProblemsList()).stream())
            .sorted(Comparator.comparingLong(ImportProblem::line))
            .limit(MOST_PROBLEMS)
            .toList(),
        problems(m.getWarningsList()));
  }

  private static List<ImportProblem> problems(List<io.jeton.v1.ImportProblem> messages) {
    return messages.stream()
        .map(m -> new ImportProblem(m.getLine(), FieldNames.inFile(m.getField()), m.getMessage()))
        .toList();
  }
}
