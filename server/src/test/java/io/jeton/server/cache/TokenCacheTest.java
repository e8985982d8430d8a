package io.jeton.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private final StoreFake store = new StoreFake();
  private final AtomicLong nanos = new AtomicLong();
  private TokenCache cache = cache(1, 100, Duration.ofSeconds(30));

  private TokenCache cache(int workers, int waiting, Duration timeout) {
    Ticker ticker = nanos::get;
    return new TokenCache(
        store,
        new TokenCache.Settings(1 << 20, 100, Duration.ofSeconds(5), timeout, workers, waiting),
        ticker);
  }

  @AfterEach
  void close() {
    store.letAnswersOut();
    cache.close();
  }

  @Test
  void load_isHeldAfterwards_andTheStoreAskedOnce() {
    Lookup key = put("a");
    assertThat(cache.cached(key)).isNull();
    assertThat(cache.load(key).join()).isPresent();
    assertThat(cache.cached(key)).isNotNull();
    assertThat(store.questions).hasSize(1);
  }

  @Test
  void load_ofAnUnknownKey_isRememberedForAMoment() {
    Lookup key = Tokens.lookup("stranger");
    assertThat(cache.load(key).join()).isEmpty();
    assertThat(cache.isKnownAbsent(key)).isTrue();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(cache.isKnownAbsent(key)).isFalse();
  }

  @Test
  void changed_forgetsTheTokenAndTheAbsence() {
    Lookup known = put("known");
    Lookup unknown = Tokens.lookup("unknown");
    cache.load(known).join();
    cache.load(unknown).join();

    cache.changed(known);
    cache.changed(unknown);

    assertThat(cache.cached(known)).isNull();
    assertThat(cache.isKnownAbsent(unknown)).isFalse();
  }

  /** The race of a load that read before a revocation and answers after it. */
  @Test
  void load_thatReadBeforeAChange_isNotPublishedAfterIt() {
    Lookup key = put("a");
    Token before = store.rows.get(key);
    store.holdAnswers();
    CompletableFuture<Optional<Token>> early = cache.load(key);
    await().until(() -> store.questions.size() == 1);

    // The revocation commits, and is published, while the answer is on its way.
    Token revoked = before.revoked(Tokens.NOON);
    store.rows.put(key, revoked);
    cache.changed(key);
    store.letAnswersOut();

    assertThat(early.join()).containsSame(before);
    assertThat(cache.cached(key)).isNull();
    assertThat(cache.load(key).join()).containsSame(revoked);
  }

  /** Whoever asks after a change was answered must not be given what was read before it. */
  @Test
  void load_askedAfterAChange_doesNotJoinAnEarlierLoad() {
    cache.close();
    cache = cache(2, 100, Duration.ofSeconds(30));
    Lookup key = put("a");
    store.holdAnswers();
    CompletableFuture<Optional<Token>> early = cache.load(key);
    await().until(() -> store.questions.size() == 1);
    Token revoked = store.rows.get(key).revoked(Tokens.NOON);
    store.rows.put(key, revoked);
    cache.changed(key);

    CompletableFuture<Optional<Token>> late = cache.load(key);
    store.letAnswersOut();

    assertThat(late.join()).containsSame(revoked);
    early.join();
    assertThat(cache.cached(key)).isSameAs(revoked);
  }

  /** The same race for a code that is created while its absence is being read. */
  @Test
  void load_thatFoundNothingBeforeACreation_doesNotHideIt() {
    Lookup key = Tokens.lookup("code");
    store.holdAnswers();
    CompletableFuture<Optional<Token>> early = cache.load(key);
    await().until(() -> store.questions.size() == 1);
    put("code");
    cache.changed(key);
    store.letAnswersOut();

    assertThat(early.join()).isEmpty();
    assertThat(cache.isKnownAbsent(key)).isFalse();
    assertThat(cache.load(key).join()).isPresent();
  }

  /** A commit whose answer was lost can get through after the next load has read. */
  @Test
  void doubted_isAskedOfTheStoreEveryTime_forAMinute() {
    Lookup key = put("a");
    cache.load(key).join();
    cache.doubted(key);
    assertThat(cache.cached(key)).isNull();
    cache.load(key).join();
    assertThat(cache.cached(key)).isNull();
    Token revoked = store.rows.get(key).revoked(Tokens.NOON);
    store.rows.put(key, revoked);
    assertThat(cache.load(key).join()).containsSame(revoked);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    cache.load(key).join();
    assertThat(cache.cached(key)).isSameAs(revoked);
  }

  @Test
  void loads_ofOneKey_shareOneQuestion() {
    Lookup key = put("a");
    store.holdAnswers();
    List<CompletableFuture<Optional<Token>>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(cache.load(key));
    }
    store.letAnswersOut();
    answers.forEach(answer -> assertThat(answer.join()).isPresent());
    assertThat(store.questions).hasSize(1);
  }

  @Test
  void loads_thatArriveTogether_areOneQuestionOfAtMost64Keys() {
    store.holdAnswers();
    List<CompletableFuture<Optional<Token>>> answers = new ArrayList<>();
    answers.add(cache.load(put("first")));
    await().until(() -> store.questions.size() == 1);
    for (int i = 0; i < 70; i++) {
      answers.add(cache.load(put("t" + i)));
    }
    store.letAnswersOut();
    answers.forEach(answer -> assertThat(answer.join()).isPresent());
    assertThat(store.questions.stream().map(List::size)).containsExactly(1, 64, 6);
  }

  @Test
  void load_whenTooManyWait_isRefusedAsOverloaded() {
    cache.close();
    cache = cache(1, 2, Duration.ofSeconds(30));
    store.holdAnswers();
    CompletableFuture<?> running = cache.load(put("running"));
    await().until(() -> store.questions.size() == 1);
    CompletableFuture<?> second = cache.load(put("second"));
    CompletableFuture<?> third = cache.load(put("third"));
    CompletableFuture<?> fourth = cache.load(put("fourth"));

    assertThat(fourth)
        .failsWithin(1, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.OVERLOADED));
    store.letAnswersOut();
    CompletableFuture.allOf(running, second, third).join();
    // What was refused for want of room is not remembered as failed.
    assertThat(cache.load(Tokens.lookup("fourth")).join()).isPresent();
  }

  @Test
  void load_whenTheStoreFails_failsAllWhoShareIt_andTheNextTriesAgain() {
    Lookup key = put("a");
    store.failure = RefusedException.of(Refusal.STORE_UNAVAILABLE);
    assertThat(cache.load(key)).failsWithin(5, TimeUnit.SECONDS);
    store.failure = null;
    await().untilAsserted(() -> assertThat(cache.load(key).join()).isPresent());
  }

  @Test
  void load_whenTheStoreHangs_failsAfterTheTimeout_andTheNextTriesAgain() {
    cache.close();
    cache = cache(2, 100, Duration.ofMillis(50));
    Lookup key = put("a");
    store.holdAnswers();

    CompletableFuture<Optional<Token>> hanging = cache.load(key);

    assertThat(hanging)
        .failsWithin(5, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(TimeoutException.class);
    assertThat(TokenCache.refusal(new TimeoutException()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
    store.letAnswersOut();
    await()
        .ignoreException(CompletionException.class)
        .untilAsserted(() -> assertThat(cache.load(key).join()).isPresent());
  }

  @Test
  void tokens_beyondTheBound_areDropped_andCounted() {
    for (int i = 0; i < 5_000; i++) {
      cache.load(put("t" + i)).join();
    }
    assertThat(cache.weight()).isLessThanOrEqualTo(1 << 20);
    assertThat(cache.size()).isBetween(2_000L, 4_500L);
    assertThat(cache.evictions()).isGreaterThanOrEqualTo(500);
  }

  private Lookup put(String secret) {
    Token token = Tokens.live(secret);
    store.rows.put(token.lookup(), token);
    return token.lookup();
  }
}
