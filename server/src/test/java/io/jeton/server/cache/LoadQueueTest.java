package io.jeton.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.server.domain.Token;
import io.jeton.server.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadQueueTest {
  private static final int WORKERS = 4;

  private final StoreFake store = new StoreFake();
  private LoadQueue queue = queue(Duration.ofHours(1));

  @AfterEach
  void close() {
    store.letAnswersOut();
    queue.close();
  }

  @Test
  void whatComesDuringAQuestion_isAskedForTogether_whenItIsAnswered() {
    List<Load> loads = behindAQuestion(9);
    assertThat(store.questions).hasSize(1);
    assertThat(queue.size()).isEqualTo(9);

    store.letAnswersOut();
    loads.forEach(each -> assertThat(each.answer.join()).isPresent());
    assertThat(store.questions.stream().map(List::size)).containsExactly(1, 9);
  }

  @Test
  void aCrowd_isAskedForAtOnce_andAnotherOneByAnother() {
    behindAQuestion(16);
    await().until(() -> store.questions.size() == 2);
    submit("second", 31);
    assertThat(store.questions).hasSize(2);
    submit("last", 1);
    await().until(() -> store.questions.size() == 3);
    assertThat(store.questions.stream().map(List::size)).containsExactly(1, 16, 32);
  }

  @Test
  void aQuestionThatHangs_keepsNobodyWaitingForLong() {
    queue.close();
    queue = queue(Duration.ofMillis(1));
    store.holdAnswers();
    for (int n = 1; n <= WORKERS; n++) {
      submit("t" + n, 1);
      int questions = n;
      await().until(() -> store.questions.size() == questions);
    }
    List<Load> tooMany = submit("last", 1);
    store.letAnswersOut();
    assertThat(tooMany.get(0).answer.join()).isPresent();
  }

  @Test
  void everyLoad_isAnswered_howeverTheyCome() throws Exception {
    queue.close();
    queue = queue(Duration.ofMillis(5));
    List<Load> loads = new ArrayList<>();
    for (int burst = 0; burst < 2_000; burst++) {
      loads.addAll(submit("b" + burst + "-", 1 + ThreadLocalRandom.current().nextInt(40)));
      if (burst % 7 == 0) {
        loads.get(loads.size() - 1).answer.get(10, TimeUnit.SECONDS);
      }
    }
    for (Load each : loads) {
      assertThat(each.answer.get(10, TimeUnit.SECONDS)).isPresent();
    }
    assertThat(queue.size()).isZero();
  }

  /** Has a question under way that is not answered, and loads that came after it. */
  private List<Load> behindAQuestion(int count) {
    store.holdAnswers();
    submit("first", 1);
    await().until(() -> store.questions.size() == 1);
    return submit("t", count);
  }

  private List<Load> submit(String name, int count) {
    List<Load> loads = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Token token = Tokens.live(name + n);
      store.rows.put(token.lookup(), token);
      Load load = new Load(token.lookup());
      loads.add(load);
      queue.submit(load);
    }
    return loads;
  }

  private LoadQueue queue(Duration patience) {
    return new LoadQueue(
        store, WORKERS, 100_000, patience, (load, found) -> load.answer.complete(found));
  }
}
