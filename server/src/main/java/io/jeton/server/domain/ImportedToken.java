package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A token that an original server made. Immutable, as long as nobody writes to the arrays.
 *
 * @param token as it is added if it is not there
 * @param importedId what the original server called it
 * @param lastUse when the licence was last used there
 * @param source what its secret can be made again from; empty: it is not shown again
 */
public record ImportedToken(
    Token token,
    OptionalLong importedId,
    Optional<Instant> lastUse,
    Optional<SecretSource> source) {

  /**
   * A live token of the same secret.
   *
   * @param hasSource whether its secret can be made again
   */
  public record Present(Token token, TokenDetails details, boolean hasSource) {}

  /** What becomes of a live token. */
  public Imported outcome(Present present) {
    boolean isSame =
        attributesFor(present.token).equals(present.token.attributes())
            && detailsFor(present.details).equals(present.details)
            && (present.hasSource || source.isEmpty());
    return isSame || isMade(present.token) ? Imported.UNCHANGED : Imported.CHANGED;
  }

  /**
   * What a live token's attributes become; a machine that the record does not say stays, and so do
   * the subject and the scopes of a token that was bound since, if the record is about nobody.
   */
  public Token.Attributes attributesFor(Token present) {
    Token.Attributes asked = token.attributes();
    boolean staysBound = asked.subject().isEmpty() && !present.subject().isEmpty();
    Token.Attributes bound = staysBound ? present.attributes() : asked;
    Ties old = present.ties();
    return new Token.Attributes(
        asked.kind(),
        bound.subject(),
        bound.scopes(),
        asked.appId(),
        asked.name(),
        asked.expireTime(),
        new Ties(
            old.issuer(),
            bound.ties().account(),
            old.family(),
            old.signingKeyId(),
            licenceFor(old.licence())));
  }

  /** What a live token's details become: what was there stays, but for a use that is later. */
  public TokenDetails detailsFor(TokenDetails present) {
    boolean isLater =
        lastUse.isPresent()
            && (present.lastUse().isEmpty() || lastUse.get().isAfter(present.lastUse().get()));
    return new TokenDetails(
        importedId.isPresent() ? importedId : present.importedId(),
        isLater ? lastUse : present.lastUse());
  }

  /** Whether a token was refreshed or signed here, so that it is no longer what was imported. */
  private static boolean isMade(Token present) {
    Ties ties = present.ties();
    return ties.family() != null || ties.signingKeyId() != 0;
  }

  private @Nullable Licence licenceFor(@Nullable Licence old) {
    Licence asked = token.licence();
    return asked == null || asked.machine().isEmpty() ? old : asked;
  }
}
