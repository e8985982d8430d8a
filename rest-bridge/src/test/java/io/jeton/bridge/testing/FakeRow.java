package io.jeton.bridge.testing;

import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.Token;
import java.time.Instant;
import java.util.Optional;

/** A token of a {@link FakeCore}, with its secret in clear. */
final class FakeRow {
  private final String secret;
  private final Role role;
  private Token token;
  private boolean revoked;
  private boolean spent;
  private boolean revealable;
  private Optional<Sealed> sealed = Optional.empty();

  /** What a token's secret is for. */
  enum Role {
    /** It is a token that cannot be refreshed. */
    ALONE,
    /** It is a token that is refreshed with itself. */
    ITSELF,
    /** It is a token that is refreshed with a second secret. */
    OF_PAIR,
    /** It is that second secret. */
    SECOND
  }

  /** An answer that is owed again until its grace is over. */
  record Sealed(RefreshTokenResponse answer, Instant end) {}

  FakeRow(String secret, Role role, Token token) {
    this.secret = secret;
    this.role = role;
    this.token = token;
  }

  String secret() {
    return secret;
  }

  Role role() {
    return role;
  }

  Token token() {
    return token;
  }

  void set(Token token) {
    this.token = token;
  }

  /** Whether it can still be presented. */
  boolean isLive() {
    return !revoked && !spent;
  }

  boolean isRevoked() {
    return revoked;
  }

  boolean isSpent() {
    return spent;
  }

  void revoke() {
    revoked = true;
  }

  void spend() {
    spent = true;
  }

  /** Whether its secret is listed to those who ask for it. */
  boolean isRevealable() {
    return revealable;
  }

  void makeRevealable() {
    revealable = true;
  }

  void seal(RefreshTokenResponse answer, Instant end) {
    sealed = Optional.of(new Sealed(answer.toBuilder().setRepeated(true).build(), end));
  }

  /** The answer that is owed again at this moment. */
  Optional<RefreshTokenResponse> owed(Instant now) {
    return sealed.filter(each -> now.isBefore(each.end)).map(Sealed::answer);
  }
}
