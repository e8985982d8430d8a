package io.jeton.bridge.contract.animeloop;

import com.google.protobuf.Duration;
import io.jeton.bridge.Core;
import io.jeton.bridge.Inquiry;
import io.jeton.v1.Account;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The website's sessions, each the login of an account. Never blocks. */
final class Sessions {
  /**
   * The website's own 30 hours from the last use, and the minute that the core does not count: so
   * no session ends early.
   */
  private static final Duration LIFETIME = Duration.newBuilder().setSeconds(108_060).build();

  private final AnimeloopSettings settings;
  private final Core core;

  Sessions(AnimeloopSettings settings, Core core) {
    this.settings = settings;
    this.core = core;
  }

  /**
   * The account whose session a request names, which is extended thereby. Fails as the contract
   * says when there is none.
   */
  CompletableFuture<Account> caller(Inquiry inquiry) {
    Optional<String> sid =
        SessionCookie.read(inquiry.headers()).flatMap(value -> settings.secrets().sid(value));
    if (sid.isEmpty()) {
      return CompletableFuture.failedFuture(new FailureException(Failure.NO_SESSION));
    }
    TouchSessionRequest request =
        TouchSessionRequest.newBuilder()
            .setRealm(settings.realm())
            .setSid(sid.get())
            .setLifetime(LIFETIME)
            .setActiveOnly(true)
            .build();
    return core.touchSession(request, inquiry.client()).thenApply(Sessions::activeAccount);
  }

  private static Account activeAccount(TouchSessionResponse response) {
    Account account = response.getAccount();
    if (!response.hasAccount() || account.getDisabled() || account.getBanned()) {
      throw new FailureException(Failure.SESSION_INVALID);
    }
    return account;
  }
}
