package io.jeton.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateWritesTest {
  private static final Instant T1 = Instant.parse("2026-01-01T00:00:01Z");
  private static final Instant T2 = Instant.parse("2026-01-01T00:00:02Z");

  private final List<Map<String, Instant>> written =
      Collections.synchronizedList(new ArrayList<>());
  private volatile boolean isAway;
  private volatile CountDownLatch entered = new CountDownLatch(0);
  private volatile CountDownLatch released = new CountDownLatch(0);
  private final LateWrites<String> late = new LateWrites<>("test", 1_000, this::write);

  @AfterEach
  void close() {
    isAway = false;
    released.countDown();
    late.close();
  }

  @Test
  void time_isPendingUntilItIsWritten_andWrittenOnce() {
    isAway = true;
    late.note("a", T1);
    assertThat(late.pending("a")).contains(T1);
    assertThat(late.size()).isEqualTo(1);

    isAway = false;
    late.flush();
    late.flush();

    assertThat(late.pending("a")).isEmpty();
    assertThat(written).containsExactly(Map.of("a", T1));
  }

  @Test
  void latestTimeOfAKey_isKept_inWhicheverOrderTheyCome() {
    isAway = true;
    late.note("a", T1);
    late.note("a", T2);
    late.note("b", T2);
    late.note("b", T1);

    isAway = false;
    late.flush();

    assertThat(written).containsExactly(Map.of("a", T2, "b", T2));
  }

  @Test
  void thread_writesWithinSeconds_unasked() {
    late.note("a", T1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(written).containsExactly(Map.of("a", T1)));
  }

  @Test
  void whatTheStoreRefused_isKept_andALaterTimeWins() {
    isAway = true;
    late.note("a", T1);
    late.note("b", T1);
    assertThat(late.flush()).isFalse();
    assertThat(late.pending("a")).contains(T1);
    late.note("a", T2);
    late.flush();

    isAway = false;
    assertThat(late.flush()).isTrue();

    assertThat(late.flush()).isTrue();
    assertThat(written).containsExactly(Map.of("a", T2, "b", T1));
  }

  @Test
  void moreThanThereIsRoomFor_dropsTheOldest() {
    isAway = true;
    for (int n = 0; n < 1_003; n++) {
      late.note("k" + n, T1);
      late.flush();
    }

    assertThat(late.size()).isEqualTo(1_000);
    assertThat(late.dropped()).isEqualTo(3);
    assertThat(late.pending("k2")).isEmpty();
    assertThat(late.pending("k3")).contains(T1);
  }

  @Test
  void many_areWrittenInBatches() {
    isAway = true;
    for (int n = 0; n < 1_000; n++) {
      late.note("k" + n, T1);
    }
    isAway = false;
    late.flush();

    assertThat(written).extracting(Map::size).containsExactly(500, 500);
  }

  @Test
  void forgottenKey_isNotWritten_alsoAfterAFailure() {
    isAway = true;
    late.note("a", T1);
    late.note("b", T1);
    late.flush();
    late.forget("a");
    assertThat(late.pending("a")).isEmpty();

    isAway = false;
    late.flush();

    assertThat(written).containsExactly(Map.of("b", T1));
  }

  @Test
  void time_isPending_whileItIsBeingWritten_andForgettingWaits() throws InterruptedException {
    entered = new CountDownLatch(1);
    released = new CountDownLatch(1);
    late.note("a", T1);
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(late.pending("a")).contains(T1);

    Thread forgetting = new Thread(() -> late.forget("a"));
    forgetting.start();
    Awaitility.await().until(() -> forgetting.getState() == Thread.State.WAITING);
    released.countDown();
    forgetting.join(10_000);

    assertThat(forgetting.isAlive()).isFalse();
    assertThat(written).containsExactly(Map.of("a", T1));
    assertThat(late.pending("a")).isEmpty();
  }

  @Test
  void close_writesWhatThereIs() {
    late.note("a", T1);
    late.close();
    assertThat(written).containsExactly(Map.of("a", T1));
  }

  private void write(Map<String, Instant> times) {
    entered.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isAway) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }
    written.add(Map.copyOf(times));
  }
}
