package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ImportedHash;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table {@code account}. */
final class Accounts implements AccountStore {
  private static final String INSERT =
      """
      INSERT INTO account (realm_id, account_id, name, name_key, email, email_key, phone, qq,
                           password_hash, disable_time, ban_time, profile, create_time, update_time,
                           end_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private static final String UPDATE =
      """
      UPDATE account
      SET name = ?, name_key = ?, email = ?, email_key = ?, phone = ?, qq = ?, password_hash = ?,
          disable_time = ?, ban_time = ?, end_time = ?, profile = ?, update_time = ?
      WHERE realm_id = ? AND account_id = ?""";

  static final String REPLACE_HASH =
      """
      UPDATE account SET password_hash = ?
      WHERE realm_id = ? AND account_id = ? AND password_hash = ?""";

  private static final String REMEMBER_IMPORTED =
      "UPDATE account SET imported_hash = ? WHERE realm_id = ? AND account_id = ?";

  static final String LOCK =
      "SELECT account_id FROM account WHERE realm_id = ? AND account_id = ? FOR UPDATE";

  /** Makes those who want the next id wait for each other, and for those who insert one. */
  private static final String LOCK_IDS = "SELECT realm_id FROM realm WHERE realm_id = ? FOR UPDATE";

  private static final Map<String, String> FIELDS =
      Map.of(
          "PRIMARY", "id",
          "account_name", "name",
          "account_email", "email",
          "account_phone", "phone",
          "account_qq", "qq");

  private final Transactions transactions;
  private final FindAccounts finder;

  Accounts(Transactions transactions) {
    this.transactions = transactions;
    this.finder = new FindAccounts(transactions);
  }

  @Override
  public Optional<Account> find(Realm realm, AccountRef ref) {
    return finder.find(realm, ref).map(Credentials::account);
  }

  @Override
  public Optional<Credentials> credentials(Realm realm, AccountRef ref) {
    return finder.find(realm, ref);
  }

  @Override
  public List<Account> list(Realm realm, Optional<AccountId> after, int limit) {
    return finder.list(realm, after, limit);
  }

  @Override
  public Map<String, Integer> sampleSchemes(Realm realm) {
    return finder.sampleSchemes(realm);
  }

  @Override
  public Account create(Realm realm, NewAccount account, Instant at, Actor actor) {
    return refusingTaken(
        () ->
            transactions.write(
                handle -> {
                  AccountId id =
                      account.id().isPresent() ? account.id().get() : nextId(handle, realm);
                  insert(handle, realm, id, account, at);
                  Audit.insert(
                      handle, at, actor, "CreateAccount", realm.name().value(), id.toString());
                  return existing(handle, realm, AccountRef.of(id)).account();
                }));
  }

  @Override
  public Ensured ensure(Realm realm, String qq, Instant at, Actor actor) {
    AccountRef ref = new AccountRef(AccountRef.By.QQ, qq);
    Optional<Account> known = find(realm, ref);
    if (known.isPresent()) {
      return new Ensured(known.get(), false);
    }
    try {
      return transactions.write(handle -> ensure(handle, realm, ref, at, actor));
    } catch (RuntimeException e) {
      // Somebody gave it to an account meanwhile without waiting for the next id.
      Optional<Account> taken =
          takenField(e).filter("qq"::equals).flatMap(field -> find(realm, ref));
      return new Ensured(taken.orElseThrow(() -> e), false);
    }
  }

  private Ensured ensure(Handle handle, Realm realm, AccountRef ref, Instant at, Actor actor) {
    AccountId id = nextId(handle, realm);
    Optional<Credentials> raced = finder.find(handle, realm, ref);
    if (raced.isPresent()) {
      return new Ensured(raced.get().account(), false);
    }
    insert(handle, realm, id, NewAccount.ofQq(ref.text()), at);
    Audit.insert(handle, at, actor, "EnsureAccount", realm.name().value(), id.toString());
    return new Ensured(existing(handle, realm, AccountRef.of(id)).account(), true);
  }

  @Override
  public Updated update(
      Realm realm,
      AccountRef ref,
      AccountChange change,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending) {
    return refusingTaken(
        () ->
            transactions.writeInLane(
                (handle, lane) ->
                    update(handle, lane, realm, ref, change, at, actor, "UpdateAccount", ending)));
  }

  /** Changes an account as part of a transaction, recorded as this action. */
  Updated update(
      Handle handle,
      Lane lane,
      Realm realm,
      AccountRef ref,
      AccountChange change,
      Instant at,
      Actor actor,
      String action,
      Consumer<Lookup> ending) {
    AccountId id = existing(handle, realm, ref).account().id();
    handle.createQuery(LOCK).bind(0, realm.id()).bind(1, id.value()).mapTo(Long.class).one();
    Credentials before = existing(handle, realm, AccountRef.of(id));
    Account after = change.applied(before.account(), at);
    List<Lookup> live = change.isEnding() ? EndTokens.live(handle, realm, id) : List.of();
    if (live.isEmpty()
        && after.equals(before.account())
        && !change.changesPassword(before.account())) {
      return new Updated(after, 0);
    }
    live.forEach(ending);
    EndTokens.end(handle, lane, realm, id, live, at);
    write(handle, after, change, before, at);
    Revisions.insert(handle, lane, realm, id, at);
    Audit.insert(handle, at, actor, action, realm.name().value(), id.toString());
    return new Updated(existing(handle, realm, AccountRef.of(id)).account(), live.size());
  }

  @Override
  public boolean replaceHash(Realm realm, AccountId id, Secret present, Secret replacement) {
    return transactions.write(
        handle ->
            handle.execute(
                    REPLACE_HASH,
                    TokenRows.bytes(replacement.reveal()),
                    realm.id(),
                    id.value(),
                    TokenRows.bytes(present.reveal()))
                == 1);
  }

  /** Notes which hash was imported last. */
  static void rememberImported(Handle handle, Realm realm, AccountId id, ImportedHash hash) {
    handle.execute(REMEMBER_IMPORTED, hash.bytes(), realm.id(), id.value());
  }

  /** Keeps others from taking the next id until the transaction has ended. */
  static void lockIds(Handle handle, Realm realm) {
    handle.createQuery(LOCK_IDS).bind(0, realm.id()).mapTo(Integer.class).one();
  }

  /** The next id, for a transaction that holds the lock. */
  static AccountId nextId(Handle handle, Realm realm) {
    lockIds(handle, realm);
    long largest = FindAccounts.largestId(handle, realm);
    if (largest == TokenId.MAX) {
      throw RefusedException.ofField("id", "must be given, because the largest is taken");
    }
    return new AccountId(largest + 1);
  }

  private Credentials existing(Handle handle, Realm realm, AccountRef ref) {
    return finder
        .find(handle, realm, ref)
        .orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND));
  }

  static void insert(Handle handle, Realm realm, AccountId id, NewAccount account, Instant at) {
    Long now = Micros.of(at);
    try (Update update = handle.createUpdate(INSERT)) {
      Account.Names names = account.names();
      update
          .bind(0, realm.id())
          .bind(1, id.value())
          .bind(2, TokenRows.bytes(names.name()))
          .bind(3, AccountRows.key(names.name()))
          .bind(4, TokenRows.bytes(names.email()))
          .bind(5, AccountRows.key(names.email()))
          .bind(6, TokenRows.bytes(names.phone()))
          .bind(7, TokenRows.bytes(names.qq()))
          .bind(8, TokenRows.bytes(account.passwordHash().map(Secret::reveal)))
          .bind(9, account.disabled() ? now : null)
          .bind(10, account.banned() ? now : null)
          .bind(11, TokenRows.bytes(account.profile()))
          .bind(12, now)
          .bind(13, now)
          // No older token of an original server is let in by making it active.
          .bind(14, account.disabled() || account.banned() ? now : null)
          .execute();
    }
  }

  private static void write(
      Handle handle, Account after, AccountChange change, Credentials before, Instant at) {
    Optional<Secret> hash =
        change.passwordHash().isPresent() ? change.passwordHash() : before.passwordHash();
    Optional<Instant> endTime = change.isEnding() ? Optional.of(at) : after.endTime();
    try (Update update = handle.createUpdate(UPDATE)) {
      Account.Names names = after.names();
      update
          .bind(0, TokenRows.bytes(names.name()))
          .bind(1, AccountRows.key(names.name()))
          .bind(2, TokenRows.bytes(names.email()))
          .bind(3, AccountRows.key(names.email()))
          .bind(4, TokenRows.bytes(names.phone()))
          .bind(5, TokenRows.bytes(names.qq()))
          .bind(6, TokenRows.bytes(hash.map(Secret::reveal).filter(text -> !text.isEmpty())))
          .bind(7, TokenRows.micros(after.disableTime()))
          .bind(8, TokenRows.micros(after.banTime()))
          .bind(9, TokenRows.micros(endTime))
          .bind(10, TokenRows.bytes(after.profile()))
          .bind(11, Micros.of(at))
          .bind(12, after.realm().id())
          .bind(13, after.id().value())
          .execute();
    }
  }

  /** Work that may meet a name that is another account's. */
  @FunctionalInterface
  private interface Work<T> {
    T run();
  }

  private static <T> T refusingTaken(Work<T> work) {
    try {
      return work.run();
    } catch (RuntimeException e) {
      Optional<String> field = takenField(e);
      if (field.isPresent()) {
        throw RefusedException.ofTaken(field.get());
      }
      throw e;
    }
  }

  /** The field that another account has, when that is why a statement failed. */
  static Optional<String> takenField(RuntimeException e) {
    return StoreFailures.duplicateKey(e).map(FIELDS::get);
  }
}
