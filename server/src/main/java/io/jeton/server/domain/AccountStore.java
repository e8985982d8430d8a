package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps accounts and what their passwords are checked against. Each change and its audit record are
 * one transaction. Implementations are safe for use by several threads. Blocks.
 */
public interface AccountStore {
  /**
   * Adds an account. One without an id gets one more than the realm's largest.
   *
   * @throws RefusedException ACCOUNT_EXISTS for the id, name, email, phone or qq that another
   *     account has; FIELD_INVALID when there is no next id
   */
  Account create(Realm realm, NewAccount account, Instant at, Actor actor);

  /**
   * The account that has a QQ number; one that has nothing else is added when there is none. Of
   * parallel calls with one number one adds it.
   *
   * @throws RefusedException FIELD_INVALID when there is no next id
   */
  Ensured ensure(Realm realm, String qq, Instant at, Actor actor);

  Optional<Account> find(Realm realm, AccountRef ref);

  /** Accounts in the order of their ids, those behind {@code after}. */
  List<Account> list(Realm realm, Optional<AccountId> after, int limit);

  /**
   * Changes an account. A change that disables or bans it ends all its tokens in the same
   * transaction. A change that changes nothing leaves no trace.
   *
   * @param ending told of each token that the change ends, before the commit: the commit of a call
   *     that throws STORE_UNAVAILABLE may have got through
   * @throws RefusedException ACCOUNT_NOT_FOUND, ACCOUNT_EXISTS for the name, email, phone or qq
   *     that another account has
   */
  Updated update(
      Realm realm,
      AccountRef ref,
      AccountChange change,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending);

  /** What a login is checked against, in one question to the store. */
  Optional<Credentials> credentials(Realm realm, AccountRef ref);

  /**
   * Puts another hash of the same password in the place of one; false when that one is no longer
   * there. Does not count as a change of the account.
   */
  boolean replaceHash(Realm realm, AccountId id, Secret present, Secret replacement);

  /**
   * How many of the realm's password hashes begin with what says how they were computed, in a
   * sample of at most a thousand accounts spread over the realm's ids: {@code $2y$10}, {@code
   * $argon2id$v=19$m=19456,t=2,p=1}.
   */
  Map<String, Integer> sampleSchemes(Realm realm);

  /** An account as it is now, and how many tokens the change ended. */
  record Updated(Account account, int ended) {}

  /** The account that there is, and whether it was added now. */
  record Ensured(Account account, boolean created) {}

  /**
   * An account and the hash of its password, if it has one.
   *
   * @param importedHash of the hash that was last imported, if one was
   */
  record Credentials(
      Account account, Optional<Secret> passwordHash, Optional<ImportedHash> importedHash) {}
}
