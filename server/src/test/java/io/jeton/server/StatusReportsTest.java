package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.ops.DatabaseProbe;
import io.jeton.server.storage.mysql.Engine;
import io.jeton.server.storage.mysql.PoolState;
import io.jeton.server.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StatusReportsTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(START);

  @Test
  void database_isWarnedOf_sinceItDoesNotAnswer_untilItDoesAgain() {
    AtomicBoolean isAway = new AtomicBoolean();
    DatabaseProbe probe =
        new DatabaseProbe(
            () -> {
              if (isAway.get()) {
                throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
              }
              return new Engine("11.4.5-MariaDB", "3");
            },
            clock);
    probe.run();
    assertThat(StatusReports.database(true, probe, pool(0), 42).warnings()).isEmpty();

    isAway.set(true);
    clock.advance(Duration.ofMinutes(1));
    probe.run();
    clock.advance(Duration.ofMinutes(1));
    probe.run();
    assertThat(StatusReports.database(true, probe, pool(0), 42).warnings())
        .containsExactly("the database does not answer since " + START.plusSeconds(60));
    assertThat(StatusReports.database(true, probe, pool(0), 42).lines())
        .contains("embedded, 11.4.5-MariaDB, schema 3");

    isAway.set(false);
    probe.run();
    assertThat(StatusReports.database(true, probe, pool(0), 42).warnings()).isEmpty();
    assertThat(StatusReports.database(false, probe, pool(3), 42).warnings())
        .containsExactly("3 calls wait for a connection to the database");
  }

  @Test
  void threads_areWarnedOf_whenMoreThanHalfOfThePlacesWait() throws Exception {
    ThreadPoolExecutor executor = Workers.blocking(1);
    CountDownLatch end = new CountDownLatch(1);
    Runnable wait =
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try {
      // One runs, 50 of 100 wait.
      for (int i = 0; i < 51; i++) {
        executor.execute(wait);
      }
      assertThat(StatusReports.threads("calls", executor).warnings()).isEmpty();
      executor.execute(wait);
      assertThat(StatusReports.threads("calls", executor).warnings())
          .containsExactly("51 calls wait for a thread");
    } finally {
      end.countDown();
      Workers.stop(executor);
    }
  }

  private static PoolState pool(int waiting) {
    return new PoolState(1, 2, waiting, 3, 0);
  }
}
