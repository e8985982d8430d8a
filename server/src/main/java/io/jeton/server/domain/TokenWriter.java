package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Changes tokens. A method returns when its change is durable, and has changed nothing when it
 * throws, unless the refusal is {@link Refusal#STORE_UNAVAILABLE}, when it is not known. Each
 * change and its audit record are one transaction. Implementations are safe for use by several
 * threads. Blocks.
 */
public interface TokenWriter {
  /**
   * Adds a token.
   *
   * @param guessable whether somebody can have asked for this secret before: the change then has a
   *     revision, because nodes may hold that it is absent
   * @param request remembered with it when present
   * @throws RefusedException TOKEN_EXISTS when a live token has this key, or any ever had it and
   *     this one is signed; ACCOUNT_NOT_FOUND and ACCOUNT_INACTIVE for a token about an account
   * @throws DuplicateIdException when another token has this id
   * @throws DuplicateRequestException when the request is known already
   */
  void insert(Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor)
      throws DuplicateIdException, DuplicateRequestException;

  /**
   * Adds a token and the refresh secret that renews it, both or neither, as {@link #insert} does.
   */
  void insertPair(
      Token token,
      RefreshRow refresh,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException;

  /** Adds a token and what is kept with it, all or nothing, as {@link #insert} does. */
  void insertWith(
      Token token,
      Additions additions,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException;

  /**
   * Ends a token for good, and every live row of its family. One that has ended already stays as it
   * is, and its family too, unless it was refreshed and is still owed the answer: then it stands
   * for what it was refreshed to.
   *
   * @param touched told the key of every token that ends, before the commit
   * @return what became of it, or empty when the realm has none with this id
   */
  Optional<Revocation> revoke(
      Realm realm, TokenId id, Instant at, Actor actor, Consumer<Lookup> touched);

  /** The answer that a request was given, if it is known and has not expired at this instant. */
  Optional<RememberedRequest> remembered(RequestKey key, Instant now);

  /**
   * What became of a token that was to be ended.
   *
   * @param token the token as it is now
   * @param changed whether this call ended it, or what it stands for
   */
  record Revocation(Token token, boolean changed) {}

  /** A caller's name for one of its requests. */
  record RequestKey(int callerId, String requestId) {}

  /**
   * A request and its answer, kept so that a repetition gets the same one.
   *
   * @param fingerprint a keyed digest of the parameters
   * @param sealedAnswer the answer, encrypted
   * @param expireTime when it may be forgotten
   */
  record RememberedRequest(
      RequestKey key, byte[] fingerprint, byte[] sealedAnswer, Instant expireTime) {}

  /** Another token has this id: take the next. */
  final class DuplicateIdException extends Exception {
    private static final long serialVersionUID = 1L;

    public DuplicateIdException() {
      super(null, null, false, false);
    }
  }

  /** The request is remembered already. */
  final class DuplicateRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    public DuplicateRequestException() {
      super(null, null, false, false);
    }
  }
}
