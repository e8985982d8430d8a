package io.jeton.server.api;

import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import java.time.Instant;
import java.util.Optional;

/** The outcome of judging a secret that is presented to be refreshed. */
enum RefreshVerdict {
  /** It is refreshed. */
  RENEW,
  /** It was, and is owed the same answer. */
  REPEAT,
  /** It was, and its grace is over. */
  REUSED,
  /** It was, by the secret of the pair's token, and its grace is not over. */
  SPENT,
  UNKNOWN,
  REVOKED,
  EXPIRED,
  NOT_REFRESHABLE;

  /**
   * Judges a secret, at one instant. Pure. The first reason that applies is given, in the order of
   * {@code InactiveReason}.
   *
   * @param issuer the contract instance that it must be of; empty: not asked
   * @param acceptsToken whether the secret of a pair's token is taken too
   */
  static RefreshVerdict judge(
      Presented presented, String issuer, boolean acceptsToken, Instant now) {
    FamilyMember member = presented.member();
    Token token = member.token();
    if (!issuer.isEmpty() && !issuer.equals(token.issuer())) {
      return UNKNOWN;
    }
    Ties.Family family = token.ties().family();
    Optional<Instant> familyEnd = family == null ? Optional.empty() : family.endTime();
    if (familyEnd.isEmpty()) {
      return token.isRevoked() ? REVOKED : notRefreshable(token, now);
    }
    boolean isSpent = member.spentTime().isPresent();
    if (!member.isFamilyLive() || (token.isRevoked() && !isSpent)) {
      return REVOKED;
    }
    if (!now.isBefore(familyEnd.get())) {
      return EXPIRED;
    }
    boolean isOwed = member.isInGraceAt(now) && member.sealedAnswer().isPresent();
    if (isSpent) {
      return member.isInGraceAt(now) ? (isOwed ? REPEAT : SPENT) : REUSED;
    }
    if (presented.renewer().isPresent()) {
      if (!acceptsToken) {
        return notRefreshable(token, now);
      }
      return isOwed ? REPEAT : RENEW;
    }
    return RENEW;
  }

  private static RefreshVerdict notRefreshable(Token token, Instant now) {
    return token.isExpiredAt(Micros.of(now)) ? EXPIRED : NOT_REFRESHABLE;
  }
}
