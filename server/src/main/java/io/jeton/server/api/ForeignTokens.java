package io.jeton.server.api;

import io.jeton.server.cache.Snapshot;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Claims;
import io.jeton.server.crypto.KeyRing;
import io.jeton.server.crypto.KeyRing.SignedJwt;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes over the tokens that a realm's policies say it should. Safe for use by several threads. */
public final class ForeignTokens implements ForeignTokenAdopter {
  /**
   * How far the original server's clock may be ahead of ours: it stamps {@code iat} and {@code nbf}
   * (RFC 7519 section 4.1.5 allows for it), and a login there must hold here at once.
   */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final int LONGEST_JTI = 255;
  private static final int ATTEMPTS = 10;

  private final SigningKeys keys;
  private final ForeignTokenStore store;
  private final TokenCache cache;
  private final TokenIds ids;
  private final InstantSource clock;
  private final Snapshot<Map<Integer, Map<String, ForeignTokenPolicy>>> policies;

  /** Reads the policies for the first time, which blocks. */
  public ForeignTokens(
      SigningKeys keys,
      ForeignTokenStore store,
      TokenCache cache,
      TokenIds ids,
      InstantSource clock) {
    this.keys = keys;
    this.store = store;
    this.cache = cache;
    this.ids = ids;
    this.clock = clock;
    this.policies = new Snapshot<>(store::policies);
  }

  /** Reads the policies again if the store answers. Blocks. */
  public void refreshQuietly() {
    policies.refreshQuietly();
  }

  /** Sets or removes the policy of a name; it holds here when this returns. Blocks. */
  void setPolicy(Realm realm, String key, Optional<ForeignTokenPolicy> policy, Actor actor) {
    store.setPolicy(realm, key, policy, clock.instant(), actor);
    policies.refresh();
  }

  /** Also checks the signature, so that what a stranger made up goes no further than this. */
  @Override
  public boolean isCandidate(Realm realm, String presented) {
    return signed(realm, presented).findAny().isPresent();
  }

  @Override
  public Optional<Token> adopt(Realm realm, String presented, Actor actor) {
    Instant now = clock.instant();
    List<Vouched> all =
        signed(realm, presented).flatMap(each -> vouched(realm, each, now).stream()).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Lookup lookup = Lookups.ofToken(realm.name(), presented);
    Optional<Vouched> first = all.stream().filter(each -> !each.foreign.isPastAll(now)).findFirst();
    if (first.isEmpty()) {
      Vouched past = all.get(0);
      // It has no row, and only its end is looked at.
      return Optional.of(
          token(realm, lookup, past.foreign, past.signed.key().id()).inEpoch(Integer.MAX_VALUE));
    }
    return adopt(realm, lookup, first.get().foreign, first.get().signed, now, actor);
  }

  /** The token once for each name whose keys signed it, in the order of the names. */
  private Stream<SignedJwt> signed(Realm realm, String presented) {
    KeyRing ring = keys.ring();
    return policies.get().getOrDefault(realm.id(), Map.of()).keySet().stream()
        .sorted()
        .flatMap(name -> ring.verify(realm, List.of(name), presented).stream());
  }

  private Optional<Vouched> vouched(Realm realm, SignedJwt signed, Instant now) {
    return Optional.ofNullable(
            policies.get().getOrDefault(realm.id(), Map.of()).get(signed.key().name()))
        .flatMap(policy -> foreign(signed.claims(), policy, now))
        .map(foreign -> new Vouched(signed, foreign));
  }

  private Optional<Token> adopt(
      Realm realm, Lookup lookup, Foreign foreign, SignedJwt signed, Instant now, Actor actor) {
    try {
      Optional<Token> adopted = insert(realm, lookup, foreign, signed, now, actor);
      cache.changed(lookup);
      return adopted;
    } catch (RuntimeException e) {
      cache.doubted(lookup);
      throw e;
    }
  }

  private Optional<Token> insert(
      Realm realm, Lookup lookup, Foreign foreign, SignedJwt signed, Instant now, Actor actor) {
    for (int attempt = 1; ; attempt++) {
      Token token = token(realm, lookup, foreign, signed.key().id());
      try {
        return store.adopt(token, signed.key().name(), foreign.jti, now, actor);
      } catch (DuplicateIdException e) {
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      }
    }
  }

  private Token token(Realm realm, Lookup lookup, Foreign foreign, int signingKeyId) {
    TokenId id = ids.next();
    Ties ties =
        new Ties(
            foreign.issuer,
            foreign.account,
            foreign.refreshEnd.map(end -> new Ties.Family(id, end)).orElse(null),
            signingKeyId);
    return Token.of(
        lookup,
        id,
        realm,
        new Token.Attributes(
            "access",
            foreign.account.subject(),
            Scopes.NONE,
            "",
            Optional.empty(),
            Optional.of(foreign.expireTime),
            ties),
        foreign.issueTime,
        Optional.empty());
  }

  /** What a token says, if it has all the claims it must have and the policy wants it. */
  private static Optional<Foreign> foreign(Claims claims, ForeignTokenPolicy policy, Instant now) {
    Optional<Instant> issueTime = claims.time("iat");
    Optional<Instant> expireTime = claims.time("exp");
    Optional<Instant> notBefore = claims.time("nbf");
    Optional<String> jti = claims.text("jti").filter(ForeignTokens::isStorable);
    Optional<AccountId> account = claims.textOrInteger("sub").flatMap(AccountId::parse);
    if (issueTime.isEmpty()
        || expireTime.isEmpty()
        || notBefore.isEmpty()
        || jti.isEmpty()
        || account.isEmpty()
        || claims.text("iss").isEmpty()
        || !hasClaims(claims, policy)) {
      return Optional.empty();
    }
    Instant latest = now.plus(LEEWAY);
    if (!issueTime.get().isBefore(policy.acceptUntil())
        || issueTime.get().isAfter(latest)
        || notBefore.get().isAfter(latest)) {
      return Optional.empty();
    }
    return Optional.of(
        new Foreign(
            issueTime.get(),
            expireTime.get(),
            jti.get(),
            account.get(),
            policy.issuer(),
            policy.refreshWindow().map(issueTime.get()::plus)));
  }

  private static boolean isStorable(String jti) {
    return !jti.isEmpty() && jti.getBytes(StandardCharsets.UTF_8).length <= LONGEST_JTI;
  }

  private static boolean hasClaims(Claims claims, ForeignTokenPolicy policy) {
    return policy.claims().entrySet().stream()
        .allMatch(
            wanted ->
                !claims.has(wanted.getKey())
                    || claims.text(wanted.getKey()).equals(Optional.of(wanted.getValue())));
  }

  /** A token, and what the policy of its key's name makes of it. */
  private record Vouched(SignedJwt signed, Foreign foreign) {}

  /** What becomes of a token's claims. */
  private record Foreign(
      Instant issueTime,
      Instant expireTime,
      String jti,
      AccountId account,
      String issuer,
      Optional<Instant> refreshEnd) {
    /** Whether it can neither be used nor refreshed any more. */
    boolean isPastAll(Instant now) {
      return !expireTime.isAfter(now) && refreshEnd.map(end -> !end.isAfter(now)).orElse(true);
    }
  }
}
