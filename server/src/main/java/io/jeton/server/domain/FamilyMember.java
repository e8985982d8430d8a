package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A token, or the refresh secret of one, as it is looked at to refresh it. Immutable, as long as
 * nobody writes to the arrays.
 *
 * @param partner of a refresh secret: the token that it renews; empty: it is a token itself
 * @param sealedPartner of a live refresh secret: the secret of that token, encrypted under this one
 * @param spentTime when it was refreshed; empty: it was not, or is a token that a pair renews
 * @param sealedAnswer what its refresh answered, encrypted under its secret; of a token that a pair
 *     renews: as long as the refresh secret of that answer is live
 * @param sealEnd of what was refreshed: until when that answer is owed, and presenting it again
 *     brings about nothing; of a live refresh secret: its family's end
 * @param hasRenewer whether a live refresh secret renews it
 * @param isFamilyLive whether a token of its family is live: not revoked and not spent, and no
 *     revoked key signed any of them
 */
public record FamilyMember(
    Token token,
    Optional<TokenId> partner,
    Optional<byte[]> sealedPartner,
    Optional<Instant> spentTime,
    Optional<byte[]> sealedAnswer,
    Optional<Instant> sealEnd,
    boolean hasRenewer,
    boolean isFamilyLive) {

  /** A token that nothing has become of yet. */
  public static FamilyMember of(Token token) {
    return new FamilyMember(
        token,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        !token.isRevoked());
  }

  /** Whether a refresh of it, if there was one, is still owed the same answer. */
  public boolean isInGraceAt(Instant now) {
    return sealEnd.isPresent() && now.isBefore(sealEnd.get());
  }
}
