package io.jeton.server.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.jeton.server.api.SecretMint.Claims;
import io.jeton.server.api.SecretMint.Minted;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.SecretSeal;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenReader;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenRequest.FormatCase;
import io.jeton.v1.RefreshTokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes what takes a refreshed secret's place, and opens the answers that are owed again. Safe for
 * use by several threads; blocks.
 */
final class Renewals {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  private final TokenReader reader;
  private final Epochs epochs;
  private final TokenIds ids;
  private final SecretMint mint;

  Renewals(TokenReader reader, Epochs epochs, TokenIds ids, SecretMint mint) {
    this.reader = reader;
    this.epochs = epochs;
    this.ids = ids;
    this.mint = mint;
  }

  /** What to change, and what to answer then. */
  record Renewal(Rotation rotation, RefreshTokenResponse response) {}

  /** What is asked for beside the secret. */
  record Wish(
      RefreshTokenRequest request, Optional<Instant> expireTime, Caller caller, Instant now) {
    /** Until when the answer is owed again; empty: there is no grace. */
    private Optional<Instant> graceEnd() {
      Duration grace =
          request.hasGrace()
              ? Duration.ofSeconds(request.getGrace().getSeconds(), request.getGrace().getNanos())
              : DEFAULT_GRACE;
      return grace.isZero() ? Optional.empty() : Optional.of(now.plus(grace));
    }
  }

  Renewal of(Presented presented, Wish wish) {
    FamilyMember spent = presented.spent();
    return spent.partner().isPresent()
        ? ofPair(presented, spent, spent.partner().get(), wish)
        : ofItself(presented, wish);
  }

  /** The answer that a secret's refresh was given, with its rows as they are now. */
  RefreshTokenResponse again(Presented presented) {
    FamilyMember member = presented.member();
    byte[] answer =
        SecretSeal.open(
                presented.secret(),
                member.token().id(),
                SecretSeal.Use.ANSWER,
                member.sealedAnswer().orElseThrow())
            .orElseThrow(() -> new IllegalStateException("a sealed answer does not open"));
    try {
      RefreshTokenResponse.Builder response = RefreshTokenResponse.parseFrom(answer).toBuilder();
      Realm realm = member.token().realm();
      response.setRepeated(true).setToken(now(realm, response.getToken()));
      if (response.hasRefreshToken()) {
        response.setRefreshToken(now(realm, response.getRefreshToken()));
      }
      return response.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a sealed answer is not one", e);
    }
  }

  private io.jeton.v1.Token now(Realm realm, io.jeton.v1.Token sealed) {
    TokenId id = new TokenId(Long.parseLong(sealed.getId()));
    return reader
        .byId(realm, id)
        .map(epochs::judged)
        .map(Messages::token)
        .orElseThrow(() -> new IllegalStateException("a sealed answer's token is gone"));
  }

  /** What is sealed: the secrets, and the names of the rows that the rest is in. */
  private static RefreshTokenResponse secrets(RefreshTokenResponse response) {
    RefreshTokenResponse.Builder secrets = response.toBuilder();
    secrets.setToken(named(response.getToken()));
    if (response.hasRefreshToken()) {
      secrets.setRefreshToken(named(response.getRefreshToken()));
    }
    return secrets.build();
  }

  private static io.jeton.v1.Token named(io.jeton.v1.Token token) {
    return io.jeton.v1.Token.newBuilder().setId(token.getId()).build();
  }

  private Renewal ofItself(Presented presented, Wish wish) {
    Token old = presented.member().token();
    Minted minted =
        mint.refreshed(
            wish.request, new Claims(old.realm(), old.subject(), wish.expireTime, wish.caller));
    Token next =
        Token.of(
                Lookups.ofToken(old.realm().name(), minted.secret().reveal()),
                ids.next(),
                old.realm(),
                renewed(old, wish.expireTime, minted.signingKeyId()),
                wish.now,
                Optional.empty())
            .inEpoch(old.epoch());
    if (next.lookup().equals(old.lookup())) {
      throw RefusedException.ofField("jwt", "must not be the token that is presented");
    }
    RefreshTokenResponse response =
        RefreshTokenResponse.newBuilder()
            .setRefreshed(true)
            .setToken(Messages.token(next))
            .setSecret(minted.secret().reveal())
            .build();
    return new Renewal(
        new Rotation(
            old,
            next,
            Optional.empty(),
            owed(presented, response, wish),
            wish.request.getFormatCase() == FormatCase.JWT,
            wish.now),
        response);
  }

  private Renewal ofPair(Presented presented, FamilyMember spent, TokenId partner, Wish wish) {
    boolean isTokens = presented.renewer().isPresent();
    Secret secret = isTokens ? presented.secret() : partnerSecret(presented);
    Token old =
        isTokens
            ? presented.member().token()
            : reader
                .byId(spent.token().realm(), partner)
                .orElseThrow(() -> new IllegalStateException("a pair lacks its token"));
    Token token = old.with(renewed(old, wish.expireTime, 0));
    Secret nextSecret = SecretMint.refreshedPair(wish.request);
    RefreshRow next =
        RefreshRows.of(ids.next(), nextSecret, token, secret, wish.now)
            .inEpoch(spent.token().epoch());
    RefreshTokenResponse response =
        RefreshTokenResponse.newBuilder()
            .setRefreshed(true)
            .setToken(Messages.token(token))
            .setSecret(secret.reveal())
            .setRefreshToken(Messages.token(next.token()))
            .setRefreshSecret(nextSecret.reveal())
            .build();
    return new Renewal(
        new Rotation(
            spent.token(),
            next.token(),
            Optional.of(new Rotation.Pair(token, next.sealedPartner())),
            owed(presented, response, wish),
            false,
            wish.now),
        response);
  }

  private static Secret partnerSecret(Presented presented) {
    FamilyMember member = presented.member();
    return RefreshRows.partner(
        member.token().id(), presented.secret(), member.sealedPartner().orElseThrow());
  }

  private static Optional<Rotation.Answer> owed(
      Presented presented, RefreshTokenResponse response, Wish wish) {
    TokenId row = presented.member().token().id();
    return wish.graceEnd()
        .map(
            end ->
                new Rotation.Answer(
                    row,
                    SecretSeal.seal(
                        presented.secret(),
                        row,
                        SecretSeal.Use.ANSWER,
                        secrets(response).toByteArray()),
                    end));
  }

  private static Token.Attributes renewed(
      Token old, Optional<Instant> expireTime, int signingKeyId) {
    Ties ties = old.ties();
    return new Token.Attributes(
        old.kind(),
        old.subject(),
        old.scopes(),
        old.appId(),
        old.name(),
        expireTime,
        new Ties(ties.issuer(), ties.account(), ties.family(), signingKeyId));
  }
}
