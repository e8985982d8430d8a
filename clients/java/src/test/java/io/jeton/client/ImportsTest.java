package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jeton.client.records.ImportFile;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc.ImportServiceImplBase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
  private final ImportFake service = new ImportFake();
  private final FakeServer server = new FakeServer(service);
  private final JetonClient client = server.client();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private ImportFile file(String... lines) throws IOException {
    return ImportFile.of(Files.write(directory.resolve("f.jsonl"), List.of(lines)), Map.of());
  }

  private static String realm(String name) {
    return "{\"type\":\"realm\",\"realm\":\"" + name + "\"}";
  }

  @Test
  void apply_sendsTheRecords_inTheirOrder() throws Exception {
    ImportResult result = client.imports().apply(file(realm("a"), realm("b")), n -> {});

    assertThat(service.seen)
        .extracting(each -> each.getRealm().getName())
        .containsExactly("a", "b");
    assertThat(service.seen).noneMatch(ImportRequest::getValidateOnly);
    assertThat(result).isEqualTo(new ImportResult(2, 3, 4, List.of(), List.of()));
    assertThat(result.isGood()).isTrue();
  }

  @Test
  void check_sendsTheRecords_toBeCheckedOnly() throws Exception {
    client.imports().check(file(realm("a"), realm("b")), n -> {});

    assertThat(service.seen).hasSize(2).allMatch(ImportRequest::getValidateOnly);
  }

  @Test
  void check_putsBadLinesAndProblems_inTheOrderOfTheFile() throws Exception {
    service.problems =
        ImportResponse.newBuilder()
            .addProblems(problem(2, "key.name", "is odd"))
            .addWarnings(problem(4, "key.secret", "is weak"))
            .build();

    ImportResult result = client.imports().check(file("x", realm("a"), "{}", realm("b")), n -> {});

    assertThat(result.isGood()).isFalse();
    assertThat(result.problems())
        .containsExactly(
            new ImportProblem(1, "", "is not JSON, or is nested too deeply"),
            new ImportProblem(2, "contract", "is odd"),
            new ImportProblem(3, "type", "is missing"));
    assertThat(result.warnings()).containsExactly(new ImportProblem(4, "secret", "is weak"));
    assertThat(service.seen).extracting(ImportRequest::getLine).containsExactly(2L, 4L);
  }

  @Test
  void check_answersTheFirst100Problems() throws Exception {
    String[] lines = new String[300];
    java.util.Arrays.fill(lines, "{}");

    assertThat(client.imports().check(file(lines), n -> {}).problems())
        .hasSize(100)
        .extracting(ImportProblem::line)
        .endsWith(99L, 100L);
  }

  @Test
  void apply_endsAtABadLine() throws Exception {
    ImportResult result = client.imports().apply(file(realm("a"), "{}", realm("b")), n -> {});

    assertThat(service.seen).hasSize(1);
    assertThat(result.problems()).containsExactly(new ImportProblem(2, "type", "is missing"));
  }

  @Test
  void apply_stopsSending_whenTheServerHasAnswered() throws Exception {
    service.answerAfter = 3;
    Path file = directory.resolve("large.jsonl");
    long lines = large(file, 64 << 20);
    AtomicLong sent = new AtomicLong();

    ImportResult result = client.imports().apply(ImportFile.of(file, Map.of()), sent::set);

    assertThat(result.created()).isEqualTo(3);
    assertThat(sent.get()).isBetween(3L, lines - 1);
  }

  /** The tests' heap is larger than the file, so it looks at what the server had not asked for. */
  @Test
  void apply_sendsNoFaster_thanTheServerTakes() throws Exception {
    service.isSlow = true;
    Path file = directory.resolve("large.jsonl");
    long lines = large(file, 16 << 20);
    List<Long> ahead = new ArrayList<>();

    client
        .imports()
        .apply(ImportFile.of(file, Map.of()), sent -> ahead.add(sent - service.seen.size()));

    assertThat(service.seen).hasSize((int) lines);
    assertThat(ahead).hasSizeGreaterThan(2).allMatch(each -> each < lines / 2);
  }

  @Test
  void failure_isAJetonException() throws Exception {
    service.failure = Status.UNAVAILABLE.withDescription("no");
    ImportFile file = file(realm("a"));

    assertThatThrownBy(() -> client.imports().apply(file, n -> {}))
        .isInstanceOfSatisfying(
            JetonException.class, e -> assertThat(e.code()).isEqualTo("UNAVAILABLE"));
  }

  @Test
  void missingFile_isNotSent() {
    ImportFile file = ImportFile.of(directory.resolve("none"), Map.of());

    assertThatThrownBy(() -> client.imports().check(file, n -> {}))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(server.headers).isEmpty();
  }

  private static long large(Path file, long bytes) throws IOException {
    String line =
        "{\"type\":\"account\",\"name\":\"a\",\"profile\":{\"a\":\"" + "x".repeat(8_000) + "\"}}\n";
    long lines = bytes / line.length();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (long n = 0; n < lines; n++) {
        out.write(line);
      }
    }
    return lines;
  }

  private static io.jeton.v1.ImportProblem problem(long line, String field, String message) {
    return io.jeton.v1.ImportProblem.newBuilder()
        .setLine(line)
        .setField(field)
        .setMessage(message)
        .build();
  }

  private static final class ImportFake extends ImportServiceImplBase {
    final List<ImportRequest> seen = new CopyOnWriteArrayList<>();
    volatile ImportResponse problems = ImportResponse.getDefaultInstance();
    volatile Status failure = Status.OK;
    volatile int answerAfter = Integer.MAX_VALUE;
    volatile boolean isSlow;

    @Override
    public StreamObserver<ImportRequest> import_(StreamObserver<ImportResponse> to) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ImportRequest request) {
          if (seen.size() < answerAfter) {
            seen.add(request.hasAccount() ? request.toBuilder().clearAccount().build() : request);
            if (seen.size() == answerAfter) {
              onCompleted();
            } else if (isSlow) {
              java.util.concurrent.locks.LockSupport.parkNanos(100_000);
            }
          }
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {
          if (!failure.isOk()) {
            to.onError(failure.asRuntimeException());
            return;
          }
          to.onNext(
              problems.toBuilder().setCreated(seen.size()).setChanged(3).setUnchanged(4).build());
          to.onCompleted();
        }
      };
    }
  }
}
