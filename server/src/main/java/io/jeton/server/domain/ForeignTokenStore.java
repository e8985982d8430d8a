package io.jeton.server.domain;

import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps which tokens of original servers are taken over, and takes them over. Each change and its
 * audit record are one transaction. Implementations are safe for use by several threads. Blocks.
 */
public interface ForeignTokenStore {
  /** The policies of all realms: by the realm's id, then by the name of the keys. */
  Map<Integer, Map<String, ForeignTokenPolicy>> policies();

  /** Sets or, when empty, removes the policy of a name; one that is set already stays. */
  void setPolicy(
      Realm realm, String keyName, Optional<ForeignTokenPolicy> policy, Instant at, Actor actor);

  /**
   * Notes that an original server had revoked a token; it is not taken over from then on, and if it
   * was, all live tokens of its family end. That counts for every key of the realm that has the
   * secret of one of that name. A note that is kept as long already stays as it is.
   *
   * @param until when the note may be forgotten; empty: never
   * @param ending is told of each token that ends before the commit, maybe more than once
   * @return whether this changed anything
   */
  boolean addRevokedJti(
      Realm realm,
      String keyName,
      String jti,
      Optional<Instant> until,
      Instant at,
      Consumer<Lookup> ending,
      Actor actor);

  /** Whether a note is there that {@link #addRevokedJti} would leave as it is. */
  boolean isRevokedJtiUntil(Realm realm, String keyName, String jti, Optional<Instant> until);

  /** Whether such a note is there. */
  boolean isRevokedJti(Realm realm, String keyName, String jti);

  /**
   * Adds a token that an original server signed, unless the store has its key already or ever had:
   * a token that was revoked never comes back. All is decided in one transaction that holds the
   * account, so that neither a revocation nor a ban can fall in between.
   *
   * @param token tied to the account and the signing key that vouch for it
   * @param jti what the token calls itself
   * @return the token that the store has now, live or revoked; empty when there is none, because
   *     the account is missing, disabled or banned, or its tokens were ended since this one was
   *     issued, or the signing key was revoked, or the original server had revoked the token
   * @throws DuplicateIdException when another token has this id
   */
  Optional<Token> adopt(Token token, String keyName, String jti, Instant at, Actor actor)
      throws DuplicateIdException;
}
