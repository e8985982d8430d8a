package io.jeton.bridge.contract.lanying;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.Account;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Decides whether who logs in may say that it acts as somebody else, and has the core write down
 * that it does. Safe for use by several threads; never blocks.
 */
final class Impersonation {
  private static final String ADMINISTRATOR = "administrator";

  private final Settings settings;
  private final Core core;

  Impersonation(Settings settings, Core core) {
    this.settings = settings;
    this.core = core;
  }

  /**
   * Checks what is attached to a login. Without a valid access token of the application the headers
   * that need one say nothing: clients send what they have left of their last login.
   *
   * @param appId the application
   * @param account who logs in
   * @return completes exceptionally with a {@link FailureException} when the login is refused
   */
  CompletableFuture<Void> check(Attached attached, String appId, Account account, Client client) {
    if (!attached.actsAs() || attached.token().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    VerifyTokenRequest presented =
        VerifyTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(attached.token().get())
            .setAppId(appId)
            .build();
    return core.verifyToken(presented, client)
        .thenCompose(
            verdict ->
                isOurs(verdict)
                    ? act(attached, presented, verdict, account, client)
                    : CompletableFuture.completedFuture(null));
  }

  private CompletableFuture<Void> act(
      Attached attached,
      VerifyTokenRequest presented,
      VerifyTokenResponse verdict,
      Account account,
      Client client) {
    if (!verdict.getToken().getKind().equals(ADMINISTRATOR)) {
      throw new FailureException(Failure.REJECTED);
    }
    VerifyTokenRequest.Builder act = presented.toBuilder();
    Optional<String> user = attached.user();
    attached.group().ifPresent(act::setActAsGroup);
    if (user.isPresent()) {
      if (!user.get().equals(account.getId())) {
        throw new FailureException(Failure.REJECTED);
      }
      act.setActAsUser(user.get());
    }
    return core.verifyToken(act.build(), client).thenAccept(Impersonation::requireDone);
  }

  private static void requireDone(VerifyTokenResponse verdict) {
    if (!verdict.getActive()) {
      throw new FailureException(Failure.REJECTED);
    }
  }

  /** Whether it is valid here: made through gRPC or by this instance. */
  private boolean isOurs(VerifyTokenResponse verdict) {
    String issuer = verdict.getToken().getIssuer();
    return verdict.getActive() && (issuer.isEmpty() || issuer.equals(settings.name()));
  }
}
