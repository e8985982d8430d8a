package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Instances;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.v1.Account;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.VerifyTokenRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ForeignTokensSetupTest {
  /** The document's sample of {@code POST /tokens}. */
  private static final String GOLDEN =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOjEsImlzcyI6Imh0dHA6Ly9wbHVzLmlvL2FwaS92Mi90b2tl"
          + "bnMiLCJpYXQiOjE1MDEzMTQyNTIsImV4cCI6MTUwMjUyMzg1MiwibmJmIjoxNTAxMzE0MjUyLCJqdGkiOiJvU0VpdGU"
          + "wTnp4Y0RTSTJQIn0.1Xga2eSZS013Baao0PO2rx6s1riL0goJIsAvU93DLgc";

  private final SettableClock clock = new SettableClock(Instant.parse("2017-08-01T00:00:00Z"));
  private final FakeCore core = new FakeCore(clock);
  private final Queue<Runnable> due = new ArrayDeque<>();
  private final List<Duration> delays = new ArrayList<>();

  @BeforeEach
  void setUp() {
    core.putAccount(Account.newBuilder().setId("1").setRealm("default").build(), "");
    core.addKey(
        "default",
        "thinksns",
        SigningAlgorithm.SIGNING_ALGORITHM_HS256,
        "changeme".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tell_triesAgain_everLessOften_untilTheCoreAnswers() {
    core.breakDown(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE);
    CompletableFuture<Void> told = setup(Optional.of(Instant.parse("2018-01-01T00:00:00Z"))).tell();
    for (int i = 0; i < 10; i++) {
      due.remove().run();
    }
    assertThat(told).isNotDone();
    assertThat(delays)
        .isSorted()
        .startsWith(Duration.ofMillis(100), Duration.ofMillis(200))
        .endsWith(Duration.ofSeconds(10));

    core.restore();
    due.remove().run();

    assertThat(told).isCompleted();
    assertThat(due).isEmpty();
    assertThat(accepts(GOLDEN)).isTrue();
  }

  @Test
  void failure_isWorthAWarning_fromTheThirdAttemptOn() {
    assertThat(ForeignTokensSetup.level(1)).isEqualTo(Level.DEBUG);
    assertThat(ForeignTokensSetup.level(2)).isEqualTo(Level.DEBUG);
    assertThat(ForeignTokensSetup.level(3)).isEqualTo(Level.WARN);
  }

  @Test
  void tell_endsItsAttempts_whenItIsCancelled() {
    core.breakDown(ErrorReason.ERROR_REASON_STOPPING);
    CompletableFuture<Void> told = setup(Optional.empty()).tell();
    told.cancel(false);
    due.remove().run();
    assertThat(due).isEmpty();
  }

  @Test
  void prepare_takesBackWhatWasAccepted_whenTheSettingIsGone() {
    thinksns(Map.of("contract", "thinksns", "accept-foreign-until", "2018-01-01T00:00:00Z"))
        .prepare()
        .join();
    thinksns(Map.of("contract", "thinksns")).prepare().join();
    assertThat(accepts(GOLDEN)).isFalse();
  }

  private ForeignTokensSetup setup(Optional<Instant> until) {
    ThinksnsSettings settings =
        new ThinksnsSettings(
            "thinksns",
            "default",
            1,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofDays(28),
            until);
    return new ForeignTokensSetup(
        settings,
        core,
        (task, delay) -> {
          due.add(task);
          delays.add(delay);
        });
  }

  private Contract thinksns(Map<String, Object> settings) {
    return Instances.of(List.of(settings), reference -> reference)
        .mount(core, clock)
        .get(0)
        .contract();
  }

  private boolean accepts(String token) {
    return core.verifyToken(
            VerifyTokenRequest.newBuilder().setRealm("default").setToken(token).build(),
            Client.BRIDGE)
        .join()
        .getActive();
  }
}
