package io.jeton.server.api;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenRequest.FormatCase;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code IssueTokenRequest} asks for, held to the limits that the proto file says in words
 * alone.
 *
 * @param attributes the token's, but for its family and its signing key
 * @param familyEnd when it can no longer be refreshed; empty: it cannot be
 * @param hasCompanions whether others are made with it
 * @param isPair whether it is refreshed with a second secret
 * @param isGuessable whether somebody can have asked for its secret before
 */
record IssueTerms(
    Token.Attributes attributes,
    Optional<Instant> familyEnd,
    boolean hasCompanions,
    boolean isPair,
    boolean isGuessable) {

  /** Refuses times that the well-known types do not allow. Comes before the general check. */
  static void requireRealTimes(IssueTokenRequest request) {
    Times.requireReal("lifetime", request.getLifetime());
    if (request.getModule().isEmpty()) {
      Times.requireReal("expire_time", request.getExpireTime());
    } else {
      Times.requireDate("expire_time", request.getExpireTime());
    }
    Times.requireReal("refresh.window", request.getRefresh().getWindow());
  }

  /** Refuses what a licence cannot have, and what nothing but a licence has. */
  static void requireLicence(IssueTokenRequest request) {
    if (request.getModule().isEmpty()) {
      if (!request.getSubModule().isEmpty()) {
        throw RefusedException.ofField("sub_module", "must be empty without a module");
      }
      return;
    }
    if (request.hasRefresh()) {
      throw RefusedException.ofField("refresh", "must be unset for a licence");
    }
    if (request.getCompanionsCount() > 0) {
      throw RefusedException.ofField("companions", "must be empty for a licence");
    }
  }

  /**
   * The terms of a request.
   *
   * @param licensed what it asks for a licence for, or null: for none
   */
  static IssueTerms of(IssueTokenRequest request, @Nullable LicensedModule licensed, Instant now) {
    FormatCase format = request.getFormatCase();
    boolean isPair = request.getRefresh().hasPair();
    if (isPair && format == FormatCase.JWT) {
      throw SecretMint.noPair();
    }
    SecretMint.requireCodes(request.getSupplied(), isPair, licensed != null);
    Companions.requireFit(request);
    if (request.getRevealable() && request.hasRefresh()) {
      throw RefusedException.ofField("revealable", "must be false when the token can be refreshed");
    }
    return new IssueTerms(
        attributes(request, licensed, now),
        request.hasRefresh()
            ? Optional.of(Times.after(now, request.getRefresh().getWindow()))
            : Optional.empty(),
        request.getCompanionsCount() > 0,
        isPair,
        // The same claims under the same key are the same token.
        format == FormatCase.SUPPLIED || format == FormatCase.JWT);
  }

  String subject() {
    return attributes.subject();
  }

  Optional<Instant> expireTime() {
    return attributes.expireTime();
  }

  /** The attributes of the token that is made with this id: the first of its family. */
  Token.Attributes attributes(TokenId id, int signingKeyId) {
    Ties ties = attributes.ties();
    return new Token.Attributes(
        attributes.kind(),
        attributes.subject(),
        attributes.scopes(),
        attributes.appId(),
        attributes.name(),
        attributes.expireTime(),
        new Ties(ties.issuer(), ties.account(), family(id), signingKeyId, ties.licence()));
  }

  private Ties.@Nullable Family family(TokenId id) {
    if (hasCompanions) {
      return Ties.Family.ofCompanions(id);
    }
    return familyEnd.map(end -> new Ties.Family(id, end)).orElse(null);
  }

  /** The id that a text says; no account has one that is too large. */
  static AccountId accountId(String text) {
    return AccountId.parse(text).orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND));
  }

  private static Token.Attributes attributes(
      IssueTokenRequest request, @Nullable LicensedModule licensed, Instant now) {
    Optional<AccountId> account = Optional.empty();
    if (!request.getAccountId().isEmpty()) {
      if (!request.getSubject().isEmpty()) {
        throw RefusedException.ofField("account_id", "must be empty when there is a subject");
      }
      account = Optional.of(accountId(request.getAccountId()));
    }
    return new Token.Attributes(
        request.getKind().isEmpty() ? "access" : request.getKind(),
        account.map(AccountId::subject).orElse(request.getSubject()),
        Scopes.of(request.getScopesList()),
        request.getAppId(),
        request.hasName() ? Optional.of(request.getName()) : Optional.empty(),
        Times.end(
            request.hasLifetime() ? Optional.of(request.getLifetime()) : Optional.empty(),
            request.hasExpireTime() ? Optional.of(request.getExpireTime()) : Optional.empty(),
            now,
            licensed != null),
        new Ties(
            request.getIssuer(),
            account.orElse(null),
            null,
            0,
            licensed == null ? null : new Licence(licensed, "")));
  }
}
