package io.jeton.server.api;

import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Secret;
import java.util.Optional;

/**
 * A secret that was presented to be refreshed, and what the store has of it.
 *
 * @param renewer the refresh secret that renews it, when it is the secret of a pair's token
 */
record Presented(Secret secret, FamilyMember member, Optional<FamilyMember> renewer) {
  /** The refresh secret that ends: the presented one, unless it is that of a pair's token. */
  FamilyMember spent() {
    return renewer.orElse(member);
  }
}
