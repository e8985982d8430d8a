package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the keys that sign tokens, themselves encrypted. Each change, its revision and its audit
 * record are one transaction. Implementations are safe for use by several threads. Blocks.
 */
public interface SigningKeyStore {
  /** The keys of all realms, by realm and name, those of a name the oldest first. */
  List<WrappedKey> all();

  /** Adds a key, unless one of its name has its secret; answers the one that has it now. */
  SigningKey add(NewKey key, Instant at, Actor actor);

  /**
   * Adds the first key of a name, unless the name has one, however it came out with it: afterwards
   * there is at least one.
   */
  void addFirst(NewKey key, Instant at, Actor actor);

  /**
   * Stops a key from signing. One that has stopped already stays as it is, but for an emergency,
   * after which no token that it signed can be inserted any more.
   *
   * @throws RefusedException SIGNING_KEY_NOT_FOUND
   */
  SigningKey retire(Realm realm, int id, boolean emergency, Instant at, Actor actor);

  /**
   * Ends up to 500 live tokens that a key signed, or all live ones of up to 500 families of which
   * it ever signed one, in one transaction.
   *
   * @param after the families up to this one are done; 0 at first
   * @param ending is told of each before the commit, maybe more than once: if the call fails, these
   *     are the tokens that may have ended
   */
  Batch revokeTokens(
      Realm realm, int id, long after, Instant at, Consumer<Lookup> ending, Actor actor);

  /**
   * What one call ended.
   *
   * @param ended how many tokens
   * @param next what to go on after
   * @param isLast whether nothing is left
   */
  record Batch(int ended, long next, boolean isLast) {}

  /** A key in its encrypted form. */
  record WrappedKey(SigningKey key, byte[] wrapped) {}

  /**
   * A key to add.
   *
   * @param wrapped the secret, encrypted
   * @param fingerprint a keyed digest of the secret, in 32 bytes
   * @param signTime when it begins to sign; empty: at once
   */
  record NewKey(
      Realm realm,
      String name,
      Algorithm algorithm,
      byte[] wrapped,
      byte[] fingerprint,
      Optional<String> publicJwk,
      Optional<Instant> signTime) {
    /** One that signs at once. */
    public NewKey(
        Realm realm,
        String name,
        Algorithm algorithm,
        byte[] wrapped,
        byte[] fingerprint,
        Optional<String> publicJwk) {
      this(realm, name, algorithm, wrapped, fingerprint, publicJwk, Optional.empty());
    }

    /** The same with a time to begin to sign. */
    public NewKey signingFrom(Optional<Instant> time) {
      return new NewKey(realm, name, algorithm, wrapped, fingerprint, publicJwk, time);
    }
  }
}
