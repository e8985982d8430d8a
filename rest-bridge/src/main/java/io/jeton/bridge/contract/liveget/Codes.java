package io.jeton.bridge.contract.liveget;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.Token;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The instance's codes in the core. Safe for use by several threads; never blocks. */
final class Codes {
  private final LivegetSettings settings;
  private final Core core;

  Codes(LivegetSettings settings, Core core) {
    this.settings = settings;
    this.core = core;
  }

  /** A code that has not been ended, with its last use; an expired one too. */
  CompletableFuture<Optional<Token>> find(String code, Place place, Client client) {
    GetTokenRequest request =
        GetTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(code)
            .setModuleScope(place.scope(settings.instance()))
            .build();
    return absentAsNone(
        core.getToken(request, client)
            .thenApply(response -> Optional.of(response.getToken()))
            .thenApply(found -> found.filter(token -> !token.hasRevokeTime())));
  }

  /** Ends a code; false: there is none to end. */
  CompletableFuture<Boolean> end(String code, Place place, Client client) {
    RevokeTokenRequest request =
        RevokeTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(code)
            .setModuleScope(place.scope(settings.instance()))
            .build();
    return absentAsNone(
            core.revokeToken(request, client)
                .thenApply(response -> Optional.of(response.getChanged())))
        .thenApply(changed -> changed.orElse(false));
  }

  /** Binds a code that is bound to no machine. */
  CompletableFuture<Token> bind(String code, Place place, String machine, Client client) {
    BindTokenRequest request =
        BindTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(code)
            .setModuleScope(place.scope(settings.instance()))
            .setMachine(machine)
            .build();
    return core.bindToken(request, client).thenApply(BindTokenResponse::getToken);
  }

  /**
   * Binds a code to another machine.
   *
   * @param machine empty: to none
   */
  CompletableFuture<Token> rebind(Token token, String machine, Client client) {
    BindTokenRequest request =
        BindTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setId(token.getId())
            .setMachine(machine)
            .setRebind(true)
            .build();
    return core.bindToken(request, client).thenApply(BindTokenResponse::getToken);
  }

  /** Moves a code's end by seconds, from now if it is over. */
  CompletableFuture<Token> extend(Token token, long seconds, Client client) {
    ExtendTokenRequest request =
        ExtendTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setId(token.getId())
            .setBySeconds(seconds)
            .build();
    return core.extendToken(request, client).thenApply(ExtendTokenResponse::getToken);
  }

  private static <T> CompletableFuture<Optional<T>> absentAsNone(
      CompletableFuture<Optional<T>> answer) {
    return answer.exceptionallyCompose(
        failure ->
            Failures.reason(failure)
                    .filter(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND::equals)
                    .isPresent()
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(failure));
  }
}
