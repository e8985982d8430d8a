package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.Inquiry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The calls below {@code /auth}. Safe for use by several threads; never blocks. */
final class AuthCalls {
  private final ThinksnsSettings settings;
  private final Passwords passwords;
  private final Tokens tokens;

  AuthCalls(ThinksnsSettings settings, Passwords passwords, Tokens tokens) {
    this.settings = settings;
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /**
   * POST /auth/login: whatever fails is answered alike, so that nobody learns who has an account.
   */
  CompletableFuture<AggregatedHttpResponse> login(Inquiry inquiry, Input input) {
    Optional<String> login = input.trimmed("login");
    Optional<String> password = input.raw("password");
    if (login.isEmpty() || password.isEmpty()) {
      return CompletableFuture.completedFuture(Answers.badLogin());
    }
    return passwords
        .check(login.get(), password.get(), inquiry)
        .thenCompose(
            verdict ->
                verdict.getMatches()
                    ? tokens
                        .issue(verdict.getAccount(), Route.LOGIN, inquiry)
                        .thenApply(this::access)
                    : CompletableFuture.completedFuture(Answers.badLogin()));
  }

  /** Any method /auth/logout: ends the token that it is called with. */
  CompletableFuture<AggregatedHttpResponse> logout(Inquiry inquiry, Input input) {
    return PresentedToken.find(inquiry.headers(), input)
        .map(token -> tokens.revoke(token, inquiry))
        .orElse(CompletableFuture.completedFuture(false))
        .thenApply(ended -> ended ? Answers.loggedOut() : Answers.unauthenticated());
  }

  /** Any method /auth/refresh: changes the token that it is called with for the next one. */
  CompletableFuture<AggregatedHttpResponse> refresh(Inquiry inquiry, Input input) {
    return PresentedToken.find(inquiry.headers(), input)
        .map(token -> tokens.refresh(token, Route.REFRESH, inquiry))
        .orElse(CompletableFuture.completedFuture(Optional.empty()))
        .thenApply(next -> next.map(this::access).orElse(Answers.unauthenticated()));
  }

  private AggregatedHttpResponse access(String token) {
    return Answers.access(token, settings.lifetime(Route.LOGIN));
  }
}
