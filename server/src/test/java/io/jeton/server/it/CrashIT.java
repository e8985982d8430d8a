package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.client.InactiveReason;
import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Secret;
import io.jeton.client.TokenRef;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} loses nothing that was acknowledged. It takes longest, so it is begun first. */
@Order(1)
class CrashIT {
  private static final int ROUNDS = 20;
  private static final int THREADS = 4;
  private static final int ISSUES_BEFORE_KILL = 80;

  @TempDir private Path directory;

  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final Random random = new Random(2);

  /** One token's life, as far as its client knows. */
  private static final class Operation {
    final IssueSpec spec;
    volatile Secret secret;
    volatile Revocation revocation = Revocation.NOT_ASKED;

    Operation(int round, int thread, int number) {
      String name = "%d-%d-%d".formatted(round, thread, number);
      spec = IssueSpec.builder().subject("crash").name(name).requestId(name).build();
    }
  }

  private enum Revocation {
    NOT_ASKED,
    ASKED,
    ACKNOWLEDGED
  }

  @Test
  void killedTwentyTimes_underIssuesAndRevokes_losesNothingAcknowledged() throws Exception {
    Path data = directory.resolve("data");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    JetonProcess server = JetonProcess.start(data);
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        List<ProcessHandle> databases = killUnderLoad(server, threads, round);
        if (round % 2 == 0) {
          MariaDbs.awaitNone(data);
        }
        // In the other rounds the start meets what is left of the database.
        server = JetonProcess.start(data);
        requireGone(databases);
        assertThat(MariaDbs.of(data)).hasSize(1);
        try (JetonClient client = server.client()) {
          requireAllHolds(client);
          settleUnacknowledged(client, round);
        }
      }
      server.stop();
      server = JetonProcess.start(data);
      try (JetonClient client = server.client()) {
        requireAllHolds(client);
      }
      server.stop();
      assertThat(MariaDbs.of(data)).isEmpty();
    } finally {
      threads.shutdownNow();
      server.close();
    }
    assertThat(unexpected).isEmpty();
    assertThat(operations).hasSizeGreaterThanOrEqualTo(ROUNDS * ISSUES_BEFORE_KILL);
    assertThat(operations.stream().filter(o -> o.revocation == Revocation.ACKNOWLEDGED))
        .hasSizeGreaterThan(ROUNDS);
  }

  private List<ProcessHandle> killUnderLoad(JetonProcess server, ExecutorService threads, int round)
      throws Exception {
    List<ProcessHandle> databases = MariaDbs.of(server.dataDirectory());
    acknowledged.set(0);
    List<Future<?>> streams = new ArrayList<>();
    try (JetonClient client = server.client()) {
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        streams.add(threads.submit(() -> issueAndRevoke(client, round, number)));
      }
      int enough = ISSUES_BEFORE_KILL + random.nextInt(ISSUES_BEFORE_KILL);
      await("a stream of issues")
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> acknowledged.get() >= enough || !unexpected.isEmpty());
      server.kill();
      for (Future<?> stream : streams) {
        stream.get();
      }
    }
    assertThat(unexpected).isEmpty();
    return databases;
  }

  /** Issues tokens and revokes every third, until the server is gone. */
  private void issueAndRevoke(JetonClient client, int round, int thread) {
    try {
      for (int number = 1; ; number++) {
        Operation operation = new Operation(round, thread, number);
        operations.add(operation);
        operation.secret = client.tokens().issue(operation.spec).secret();
        acknowledged.incrementAndGet();
        if (number % 3 == 0) {
          operation.revocation = Revocation.ASKED;
          client.tokens().revoke(TokenRef.secret(operation.secret));
          operation.revocation = Revocation.ACKNOWLEDGED;
        }
      }
    } catch (JetonException e) {
      if (!e.code().equals("UNAVAILABLE") || e.reason().isPresent()) {
        unexpected.add(e.toString());
      }
    } catch (RuntimeException e) {
      unexpected.add(e.toString());
    }
  }

  /** Every acknowledged token is active, every acknowledged revocation holds. */
  private void requireAllHolds(JetonClient client) {
    List<Operation> issued = operations.stream().filter(o -> o.secret != null).toList();
    List<Verdict> verdicts =
        client.tokens().verifyAll(issued.stream().map(o -> VerifySpec.of(o.secret)).toList());
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < issued.size(); i++) {
      Operation operation = issued.get(i);
      Verdict verdict = verdicts.get(i);
      boolean isRevoked = verdict.reason().filter(InactiveReason.REVOKED::equals).isPresent();
      boolean holds =
          switch (operation.revocation) {
            case NOT_ASKED -> verdict.active();
            case ASKED -> verdict.active() || isRevoked;
            case ACKNOWLEDGED -> isRevoked;
          };
      if (!holds) {
        broken.add(operation.spec.name() + " " + operation.revocation + ": " + verdict);
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Repeats what was never answered, and a few that were: each gets one answer, and keeps it. */
  private void settleUnacknowledged(JetonClient client, int round) {
    for (Operation operation : operations) {
      boolean isAnswered = operation.secret != null;
      if (isAnswered && !operation.spec.requestId().startsWith(round + "-0-1")) {
        continue;
      }
      Secret again = client.tokens().issue(operation.spec).secret();
      assertThat(client.tokens().issue(operation.spec).secret()).isEqualTo(again);
      if (isAnswered) {
        assertThat(again).isEqualTo(operation.secret);
      }
      operation.secret = again;
    }
    for (Operation operation : operations) {
      if (operation.revocation == Revocation.ASKED) {
        client.tokens().revoke(TokenRef.secret(operation.secret));
        operation.revocation = Revocation.ACKNOWLEDGED;
      }
    }
  }

  private static void requireGone(List<ProcessHandle> databases) {
    assertThat(databases).hasSize(1);
    await("the end of the killed server's mariadbd")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> databases.stream().noneMatch(ProcessHandle::isAlive));
  }
}
