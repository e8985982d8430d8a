package io.jeton.server.api;

import io.jeton.server.domain.ActLog;
import io.jeton.server.domain.ActLog.Act;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What administrators do as others: written to the audit table, on threads that may block, before
 * it is answered. Never blocks; safe for use by several threads.
 */
public final class Acts {
  private final ActLog log;
  private final Executor executor;
  private final Duration timeout;
  private final InstantSource clock;

  /**
   * Takes where to block and for how long.
   *
   * @param executor may reject
   */
  public Acts(ActLog log, Executor executor, Duration timeout, InstantSource clock) {
    this.log = log;
    this.executor = executor;
    this.timeout = timeout;
    this.clock = clock;
  }

  static boolean isAct(VerifyTokenRequest request) {
    return !request.getActAsUser().isEmpty() || !request.getActAsGroup().isEmpty();
  }

  /** Whom a call with an active token is made as. */
  static String effectiveSubject(VerifyTokenRequest request, Token token) {
    if (!request.getActAsUser().isEmpty()) {
      return request.getActAsUser();
    }
    return request.getActAsGroup().isEmpty() ? token.subject() : "group/" + request.getActAsGroup();
  }

  /**
   * Writes those of the verdicts down that let somebody act as another.
   *
   * @param identity who asks; asked for only when there is something to write
   * @return complete when all are on disk; fails with OVERLOADED when too much waits already, with
   *     a time-out when it takes long
   */
  CompletableFuture<?> written(
      List<VerifyTokenRequest> requests,
      List<VerifyTokenResponse> verdicts,
      Supplier<Identity> identity) {
    List<Act> acts = new ArrayList<>(0);
    for (int i = 0; i < requests.size(); i++) {
      if (isAct(requests.get(i)) && verdicts.get(i).getActive()) {
        acts.add(act(verdicts.get(i), identity.get().actor()));
      }
    }
    if (acts.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return CompletableFuture.runAsync(() -> log.record(acts), executor)
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(RefusedException.of(Refusal.OVERLOADED));
    }
  }

  private Act act(VerifyTokenResponse verdict, Actor actor) {
    return new Act(
        verdict.getToken().getRealm(),
        new TokenId(Long.parseLong(verdict.getToken().getId())),
        verdict.getEffectiveSubject(),
        clock.instant(),
        actor);
  }
}
