package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import java.util.Optional;

/**
 * Finds secrets that are presented to be refreshed: as refresh secrets, then as tokens, then as
 * tokens of an original server. Safe for use by several threads; blocks.
 */
final class PresentedSecrets {
  private final TokenFamilies families;
  private final ForeignTokenAdopter adopter;
  private final TokenCache cache;

  PresentedSecrets(TokenFamilies families, ForeignTokenAdopter adopter, TokenCache cache) {
    this.families = families;
    this.adopter = adopter;
    this.cache = cache;
  }

  Optional<Presented> find(Realm realm, Secret secret, Actor actor) {
    Lookup lookup = Lookups.ofToken(realm.name(), secret.reveal());
    return families
        .findEither(Lookups.ofRefresh(realm.name(), secret.reveal()), lookup)
        .or(() -> adopt(realm, secret, lookup, actor))
        .map(member -> withRenewer(secret, member));
  }

  private Presented withRenewer(Secret secret, FamilyMember member) {
    Optional<FamilyMember> renewer =
        member.hasRenewer() ? families.renewerOf(member.token()) : Optional.empty();
    if (renewer.isEmpty()) {
      return new Presented(secret, member, renewer);
    }
    // Read after its renewer: who finds the next renewer then finds the answer that came with it.
    FamilyMember now = families.find(member.token().lookup()).orElse(member);
    return new Presented(secret, now, renewer);
  }

  private Optional<FamilyMember> adopt(Realm realm, Secret secret, Lookup lookup, Actor actor) {
    if (!adopter.isCandidate(realm, secret.reveal())) {
      return Optional.empty();
    }
    Optional<Token> adopted = adopter.adopt(realm, secret.reveal(), actor);
    // This node may hold that there is none.
    cache.changed(lookup);
    return adopted.map(token -> families.find(lookup).orElse(FamilyMember.of(token)));
  }
}
