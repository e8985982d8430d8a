package io.jeton.server.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.storage.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final List<Integer> registered = Collections.synchronizedList(new ArrayList<>());
  private final Set<UUID> boots = ConcurrentHashMap.newKeySet();
  private final Lanes lanes =
      new Lanes(
          (bootId, n) -> {
            boots.add(bootId);
            registered.add(n);
            return 100 + n;
          });

  @Test
  void lane_isRegistered_beforeItsFirstTransactionOnly() {
    assertThat(registered).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(id()).isEqualTo(100);
    }
    assertThat(registered).containsExactly(0);
  }

  @Test
  void numbers_beginAtOne_andAscend_acrossTransactions() {
    assertThat(lanes.<Long>run((lane, unknown) -> lane.next())).isEqualTo(1L);
    assertThat(lanes.<List<Long>>run((lane, unknown) -> List.of(lane.next(), lane.next())))
        .containsExactly(2L, 3L);
  }

  @Test
  void transactionWithinATransaction_hasAnotherLane() {
    lanes.run(
        (outer, unknown) -> {
          assertThat(id()).isNotEqualTo(outer.id());
          return 0;
        });
    assertThat(registered).containsExactly(0, 1);
  }

  @Test
  void lane_isKept_andSkipsItsNumber_afterAFailure() {
    assertThatThrownBy(
            () ->
                lanes.run(
                    (lane, unknown) -> {
                      lane.next();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(lanes.<Long>run((lane, unknown) -> lane.next())).isEqualTo(2L);
    assertThat(registered).containsExactly(0);
  }

  @Test
  void lane_isDropped_whenTheOutcomeIsUnknown() {
    long dropped =
        lanes.run(
            (lane, unknown) -> {
              unknown.accept(lane);
              return lane.id();
            });
    assertThatThrownBy(
            () ->
                lanes.run(
                    (lane, unknown) -> {
                      assertThat(lane.id()).isNotEqualTo(dropped);
                      unknown.accept(lane);
                      throw new IllegalStateException("lost");
                    }))
        .hasMessage("lost");

    assertThat(id()).isEqualTo(102);
    assertThat(registered).containsExactly(0, 1, 2);
  }

  @Test
  void registration_thatFails_isTriedAnewByTheNextTransaction() {
    List<Integer> tried = new ArrayList<>();
    Lanes failing =
        new Lanes(
            (bootId, n) -> {
              tried.add(n);
              if (tried.size() == 1) {
                throw new IllegalStateException("down");
              }
              return n;
            });

    assertThatThrownBy(() -> failing.run((lane, unknown) -> 0)).hasMessage("down");
    assertThat(failing.<Long>run((lane, unknown) -> lane.next())).isEqualTo(1L);
    assertThat(new HashSet<>(tried)).hasSameSizeAs(tried);
  }

  @Test
  void noTwoThreads_haveALaneAtOnce() throws Exception {
    Map<Long, Thread> held = new ConcurrentHashMap<>();
    var outcomes =
        Race.run(
            16,
            n ->
                () -> {
                  for (int i = 0; i < 500; i++) {
                    lanes.run(
                        (lane, unknown) -> {
                          assertThat(held.putIfAbsent(lane.id(), Thread.currentThread())).isNull();
                          lane.next();
                          Thread.onSpinWait();
                          held.remove(lane.id());
                          return 0;
                        });
                  }
                  return n;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(registered).hasSizeLessThanOrEqualTo(16).doesNotHaveDuplicates();
    assertThat(boots).hasSize(1);
  }

  private long id() {
    return lanes.run((lane, unknown) -> lane.id());
  }
}
