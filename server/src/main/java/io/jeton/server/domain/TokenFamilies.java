package io.jeton.server.domain;

import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Changes tokens together with those that refreshes made of them. The promises of {@link
 * TokenWriter} hold here too. Whatever changes a family locks its first row before any other, after
 * the account, so changes of one family follow one another. Implementations are safe for use by
 * several threads. Blocks.
 *
 * <p>A parameter {@code touched} is told the key of every token that a change touches before the
 * change is committed, so that its caller knows them even when the outcome is unknown.
 */
public interface TokenFamilies {
  /** The live member of a key, else the last one that ended. */
  Optional<FamilyMember> find(Lookup lookup);

  /** What {@link #find} answers for the first key, or else for the second. */
  Optional<FamilyMember> findEither(Lookup first, Lookup second);

  /** The live refresh secret that renews a token, if the token is refreshed with a pair. */
  Optional<FamilyMember> renewerOf(Token token);

  /**
   * Carries out a refresh, if the row to be spent is still live and about the same subject: of
   * parallel rotations of one row exactly one is done.
   *
   * @throws RefusedException TOKEN_EXISTS when a live token has the next one's key, or any ever had
   *     it and the next one is signed: what has ended never comes to life again
   * @throws DuplicateIdException when another token has the next one's id
   */
  Rotation.Outcome rotate(Rotation rotation, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException;

  /** Revokes every live row of a family. */
  void revoke(Realm realm, TokenId family, Instant at, Actor actor, Consumer<Lookup> touched);

  /**
   * Binds an anonymous token and the live rows of its family. One that is bound like this already
   * stays as it is.
   *
   * @return the token as it is now, or empty when the realm has none with this id
   * @throws RefusedException TOKEN_INACTIVE when it is revoked or expired, TOKEN_BOUND when it is
   *     about somebody else, ACCOUNT_NOT_FOUND, ACCOUNT_INACTIVE
   */
  Optional<Token> bind(
      Realm realm, TokenId id, Binding binding, Instant at, Actor actor, Consumer<Lookup> touched);
}
