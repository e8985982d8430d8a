package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.Inquiry;
import io.jeton.v1.Account;
import io.jeton.v1.CheckPasswordResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The older calls below {@code /tokens}. Safe for use by several threads; never blocks. */
final class TokensCalls {
  private final ThinksnsSettings settings;
  private final Passwords passwords;
  private final Tokens tokens;

  TokensCalls(ThinksnsSettings settings, Passwords passwords, Tokens tokens) {
    this.settings = settings;
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /** POST /tokens: says what was wrong with the login, as the original did. */
  CompletableFuture<AggregatedHttpResponse> create(Inquiry inquiry, Input input) {
    Optional<String> login = input.trimmed("login");
    Optional<String> password = input.raw("password");
    if (login.isEmpty()) {
      return CompletableFuture.completedFuture(Answers.unknownLogin());
    }
    return passwords
        .check(login.get(), password.orElse(""), inquiry)
        .thenCompose(
            verdict ->
                verdict.getMatches() && password.isPresent()
                    ? tokens
                        .issue(verdict.getAccount(), Route.TOKENS, inquiry)
                        .thenApply(token -> created(token, verdict.getAccount()))
                    : CompletableFuture.completedFuture(refused(verdict, password.isPresent())));
  }

  /** PATCH /tokens/{token}: changes the token in the path for the next one. */
  CompletableFuture<AggregatedHttpResponse> renew(Inquiry inquiry, String token) {
    return tokens
        .refresh(token, Route.TOKEN, inquiry)
        .thenApply(next -> next.map(this::renewed).orElse(Answers.unauthenticated()));
  }

  private static AggregatedHttpResponse refused(
      CheckPasswordResponse verdict, boolean hasPassword) {
    return switch (verdict.getReason()) {
      case PASSWORD_MISMATCH_UNKNOWN_ACCOUNT, PASSWORD_MISMATCH_DISABLED -> Answers.unknownLogin();
      case PASSWORD_MISMATCH_BANNED -> hasPassword ? Answers.banned() : Answers.badPassword();
      case PASSWORD_MISMATCH_WRONG_PASSWORD, PASSWORD_MISMATCH_UNSPECIFIED, UNRECOGNIZED ->
          Answers.badPassword();
    };
  }

  private AggregatedHttpResponse created(String token, Account account) {
    return Answers.created(
        token, UserView.of(account), settings.lifetime(Route.TOKENS), settings.refreshWindow());
  }

  private AggregatedHttpResponse renewed(String token) {
    return Answers.renewed(token, settings.lifetime(Route.TOKEN), settings.refreshWindow());
  }
}
