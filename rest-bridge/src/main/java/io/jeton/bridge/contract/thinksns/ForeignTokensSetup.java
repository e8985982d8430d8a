package io.jeton.bridge.contract.thinksns;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.SetForeignTokensRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells the core which tokens of the original server an instance takes for its own. Safe for use by
 * several threads; never blocks.
 */
final class ForeignTokensSetup {
  /** Runs what is due on the JVM's common pool. */
  static final Later DAEMON =
      (task, delay) ->
          CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task);

  private static final Logger log = LoggerFactory.getLogger(ForeignTokensSetup.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  /** From which failed attempt on it is told: at a start the first may well come too early. */
  private static final int WORTH_A_WARNING = 3;

  private final ThinksnsSettings settings;
  private final Core core;
  private final Later later;

  ForeignTokensSetup(ThinksnsSettings settings, Core core, Later later) {
    this.settings = settings;
    this.core = core;
    this.later = later;
  }

  /**
   * Tells it, as often as it takes, and ever less often. The future completes when the core has
   * been told; whoever cancels it ends the attempts.
   */
  CompletableFuture<Void> tell() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    attempt(told, 1, FIRST_DELAY);
    return told;
  }

  private void attempt(CompletableFuture<Void> told, int number, Duration delay) {
    if (told.isDone()) {
      return;
    }
    var unused =
        core.setForeignTokens(request(), Client.BRIDGE)
            .handle(
                (response, failure) ->
                    failure == null ? told.complete(null) : again(told, number, delay, failure));
  }

  private boolean again(
      CompletableFuture<Void> told, int number, Duration delay, Throwable failure) {
    log.atLevel(level(number))
        .log(
            "The core has not been told yet what {} accepts: {}",
            settings.name(),
            failure.getMessage());
    later.run(() -> attempt(told, number + 1, longer(delay)), delay);
    return false;
  }

  /** How loudly the failure of an attempt is told; they are counted from 1. */
  static Level level(int number) {
    return number < WORTH_A_WARNING ? Level.DEBUG : Level.WARN;
  }

  private SetForeignTokensRequest request() {
    SetForeignTokensRequest.Builder request =
        SetForeignTokensRequest.newBuilder().setRealm(settings.realm()).setKey(settings.name());
    settings.acceptForeignUntil().ifPresent(until -> request.setForeignTokens(tokens(until)));
    return request.build();
  }

  private ForeignTokens tokens(Instant until) {
    return ForeignTokens.newBuilder()
        .setAcceptUntil(
            Timestamp.newBuilder().setSeconds(until.getEpochSecond()).setNanos(until.getNano()))
        .setRefreshWindow(Tokens.coreWindow(settings))
        .putClaims("prv", Claims.PROVIDER)
        .setIssuer(settings.name())
        .build();
  }

  private static Duration longer(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }

  /** Runs a task later. */
  interface Later {
    void run(Runnable task, Duration delay);
  }
}
