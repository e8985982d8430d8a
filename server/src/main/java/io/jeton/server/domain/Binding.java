package io.jeton.server.domain;

import org.jspecify.annotations.Nullable;

/**
 * Whom an anonymous token is about from now on, and what it allows. Immutable.
 *
 * @param account the account whose id the subject is, or null: the subject is no account
 */
public record Binding(String subject, @Nullable AccountId account, Scopes scopes) {
  public static Binding to(String subject, Scopes scopes) {
    return new Binding(subject, null, scopes);
  }

  public static Binding to(AccountId account, Scopes scopes) {
    return new Binding(account.subject(), account, scopes);
  }

  /** Whether a token is bound like this already. */
  public boolean isOf(Token token) {
    return equals(new Binding(token.subject(), token.ties().account(), token.scopes()));
  }

  /** The token, bound. */
  public Token of(Token token) {
    Token.Attributes old = token.attributes();
    Ties ties = old.ties();
    return token.with(
        new Token.Attributes(
            old.kind(),
            subject,
            scopes,
            old.appId(),
            old.name(),
            old.expireTime(),
            new Ties(ties.issuer(), account, ties.family(), ties.signingKeyId(), ties.licence())));
  }
}
