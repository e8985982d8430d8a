package io.jeton.server.storage.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.storage.mysql.Together.AllFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One leader holds the door while others gather behind it. */
class TogetherTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Door door = new Door();
  private final Together<String> together = new Together<>(3, 1, door);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whoeverComesAlone_isAlone() {
    door.open.countDown();
    together.run("a");
    together.run("b");
    assertThat(door.done).containsExactly("a", "b");
  }

  @Test
  void whoeverCameMeanwhile_isDoneTogether_asManyAsMayBe() {
    List<CompletableFuture<Void>> all = behindTheDoor("first", "a", "b", "c", "d", "e");
    all.forEach(CompletableFuture::join);
    assertThat(door.done).containsExactlyInAnyOrder("first", "[a, b, c]", "[d, e]");
  }

  @Test
  void whenSeveralFail_eachIsTriedAlone_andFailsAlone() {
    door.togetherFails = new IllegalStateException("together");
    List<CompletableFuture<Void>> all = behindTheDoor("first", "a", "bad", "c");
    for (int i : new int[] {0, 1, 3}) {
      all.get(i).join();
    }
    assertThatThrownBy(() -> all.get(2).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("bad");
    assertThat(door.done).containsExactlyInAnyOrder("first", "a", "c");
  }

  @Test
  void whatIsLeft_isDoneAlone_whetherTheLeadersOrAnothers_andTheRestTogether() {
    door.left.addAll(List.of("a", "d"));
    List<CompletableFuture<Void>> all = behindTheDoor("first", "a", "b", "c", "d", "e", "f");
    all.forEach(CompletableFuture::join);
    assertThat(door.done).containsExactlyInAnyOrder("first", "[b, c]", "a", "[e, f]", "d");
  }

  @Test
  void whenAllFail_noneIsTriedAlone() {
    door.allFail = new IllegalStateException("no answer");
    List<CompletableFuture<Void>> all = behindTheDoor("first", "a", "b", "c");
    for (CompletableFuture<Void> each : all.subList(1, 4)) {
      assertThatThrownBy(each::join).hasRootCauseMessage("no answer");
    }
    assertThat(door.done).containsExactly("first");
    together.run("later");
    assertThat(door.done).containsExactly("first", "later");
  }

  /** Starts the first, which waits at the door, then the others; then opens the door. */
  private List<CompletableFuture<Void>> behindTheDoor(String... pieces) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < pieces.length; i++) {
      String piece = pieces[i];
      all.add(CompletableFuture.runAsync(() -> together.run(piece), threads));
      if (i == 0) {
        Awaitility.await().until(() -> door.isSomebodyThere);
      } else {
        int waiting = i;
        Awaitility.await().until(() -> together.waiting() == waiting);
      }
    }
    door.open.countDown();
    return all;
  }

  /** Work that begins when the door is open. */
  private static final class Door implements Together.Work<String> {
    final CountDownLatch open = new CountDownLatch(1);
    final List<String> done = new CopyOnWriteArrayList<>();

    /** Those that cannot be done with others. */
    final List<String> left = new CopyOnWriteArrayList<>();

    volatile boolean isSomebodyThere;
    volatile RuntimeException togetherFails;
    volatile RuntimeException allFail;

    @Override
    public List<String> all(List<String> pieces) throws AllFailedException {
      if (pieces.size() == 1) {
        one(pieces.get(0));
        return List.of();
      }
      if (allFail != null) {
        throw new AllFailedException(allFail);
      }
      if (togetherFails != null) {
        throw togetherFails;
      }
      List<String> able = pieces.stream().filter(each -> !left.contains(each)).toList();
      done.add(able.toString());
      return pieces.stream().filter(left::contains).toList();
    }

    @Override
    public void one(String piece) {
      isSomebodyThere = true;
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (piece.equals("bad")) {
        throw new IllegalStateException(piece);
      }
      done.add(piece);
    }
  }
}
