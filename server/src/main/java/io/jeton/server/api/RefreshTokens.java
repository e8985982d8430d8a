package io.jeton.server.api;

import io.jeton.server.api.Renewals.Renewal;
import io.jeton.server.api.Renewals.Wish;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.crypto.TokenFormat.Shape;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.ReusePolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiPredicate;

/** {@code RefreshToken}. Blocks; safe for use by several threads. */
public final class RefreshTokens {
  private static final int ATTEMPTS = 10;

  private final Access access;
  private final Validation validation;
  private final TokenFamilies families;
  private final BiPredicate<Realm, String> disabledApplications;
  private final PresentedSecrets presentedSecrets;
  private final Renewals renewals;
  private final Publishing publishing;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param disabledApplications whether an application is registered and disabled; must not block
   */
  public RefreshTokens(
      Access access,
      Validation validation,
      BiPredicate<Realm, String> disabledApplications,
      TokenFamilies families,
      TokenReader reader,
      TokenCache cache,
      TokenIds ids,
      TokenSigner signer,
      ForeignTokenAdopter adopter,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.disabledApplications = disabledApplications;
    this.families = families;
    this.presentedSecrets = new PresentedSecrets(families, adopter, cache);
    this.renewals = new Renewals(reader, ids, new SecretMint(signer));
    this.publishing = new Publishing(cache);
    this.clock = clock;
  }

  public RefreshTokenResponse refresh(RefreshTokenRequest request, Identity identity) {
    Times.requireReal("lifetime", request.getLifetime());
    Times.requireReal("expire_time", request.getExpireTime());
    Times.requireReal("grace", request.getGrace());
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Secret secret = Secret.of(request.getToken());
    Shape shape = TokenFormat.shapeOf(request.getToken());
    if (shape != Shape.OPAQUE && shape != Shape.OTHER) {
      return refused(InactiveReason.INACTIVE_REASON_MALFORMED);
    }
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Instant now = Micros.toInstant(Micros.of(clock.instant()));
      Wish wish = new Wish(request, expireTime(request, now), identity.caller(), now);
      Optional<Presented> presented = presentedSecrets.find(realm, secret, identity.actor());
      if (presented.isEmpty()) {
        return refused(InactiveReason.INACTIVE_REASON_UNKNOWN);
      }
      Optional<RefreshTokenResponse> response = answer(presented.get(), wish, identity);
      if (response.isPresent()) {
        return response.get();
      }
    }
    throw RefusedException.of(Refusal.STORE_CONFLICT);
  }

  private static Optional<Instant> expireTime(RefreshTokenRequest request, Instant now) {
    return Times.end(
        request.hasLifetime() ? Optional.of(request.getLifetime()) : Optional.empty(),
        request.hasExpireTime() ? Optional.of(request.getExpireTime()) : Optional.empty(),
        now);
  }

  /** The answer; empty when others changed the row meanwhile. */
  private Optional<RefreshTokenResponse> answer(Presented presented, Wish wish, Identity identity) {
    RefreshTokenRequest request = wish.request();
    RefreshVerdict verdict =
        RefreshVerdict.judge(presented, request.getIssuer(), request.getAcceptToken(), wish.now());
    if (verdict.isAnswered() && isDisabled(presented)) {
      return Optional.of(refused(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED));
    }
    return switch (verdict) {
      case RENEW -> renew(presented, wish, identity);
      case REPEAT -> Optional.of(again(presented));
      case REUSED -> {
        if (request.getReuse() != ReusePolicy.REUSE_POLICY_REFUSE) {
          revokeFamily(presented, wish.now(), identity);
        }
        yield Optional.of(refused(InactiveReason.INACTIVE_REASON_SPENT));
      }
      case SPENT -> Optional.of(refused(InactiveReason.INACTIVE_REASON_SPENT));
      case UNKNOWN -> Optional.of(refused(InactiveReason.INACTIVE_REASON_UNKNOWN));
      case REVOKED -> Optional.of(refused(InactiveReason.INACTIVE_REASON_REVOKED));
      case EXPIRED -> Optional.of(refused(InactiveReason.INACTIVE_REASON_EXPIRED));
      case NOT_REFRESHABLE -> Optional.of(refused(InactiveReason.INACTIVE_REASON_NOT_REFRESHABLE));
    };
  }

  private boolean isDisabled(Presented presented) {
    Token token = presented.member().token();
    return disabledApplications.test(token.realm(), token.appId());
  }

  private Optional<RefreshTokenResponse> renew(Presented presented, Wish wish, Identity identity) {
    Renewal renewal = renewals.of(presented, wish);
    Outcome outcome;
    try {
      outcome =
          publishing.publish(
              touched -> families.rotate(renewal.rotation(), identity.actor(), touched));
    } catch (DuplicateIdException e) {
      return Optional.empty();
    }
    return switch (outcome) {
      case DONE -> Optional.of(renewal.response());
      case LOST -> Optional.empty();
      case ENDED -> Optional.of(refused(InactiveReason.INACTIVE_REASON_REVOKED));
    };
  }

  private RefreshTokenResponse again(Presented presented) {
    return publishing.publish(
        touched -> {
          // Whoever repeats it may have been told that it failed, and this node may hold what was
          // before.
          touched.accept(presented.member().token().lookup());
          return renewals.again(presented);
        });
  }

  private void revokeFamily(Presented presented, Instant now, Identity identity) {
    Ties.Family family = presented.member().token().ties().family();
    if (family == null) {
      throw new IllegalStateException("what was refreshed has a family");
    }
    Object unused =
        publishing.publish(
            touched -> {
              families.revoke(
                  presented.member().token().realm(), family.id(), now, identity.actor(), touched);
              return family;
            });
  }

  private static RefreshTokenResponse refused(InactiveReason reason) {
    return RefreshTokenResponse.newBuilder().setReason(reason).build();
  }
}
