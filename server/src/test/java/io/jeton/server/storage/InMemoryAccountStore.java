package io.jeton.server.storage;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ImportedHash;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The twin's accounts. */
final class InMemoryAccountStore implements AccountStore {
  private static final int SAMPLE = 1000;

  private final InMemoryTables tables;

  InMemoryAccountStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Account create(Realm realm, NewAccount account, Instant at, Actor actor) {
    synchronized (tables) {
      TreeMap<Long, Credentials> accounts = accounts(realm);
      long largest = accounts.isEmpty() ? 0 : accounts.lastKey();
      if (account.id().isEmpty() && largest == TokenId.MAX) {
        throw RefusedException.ofField("id", "must be given, because the largest is taken");
      }
      AccountId id = account.id().orElseGet(() -> new AccountId(largest + 1));
      if (accounts.containsKey(id.value())) {
        throw RefusedException.ofTaken("id");
      }
      requireFree(realm, id, account.names());
      Account added =
          new Account(
              realm,
              id,
              account.names(),
              account.passwordHash().isPresent(),
              account.disabled() ? Optional.of(at) : Optional.empty(),
              account.banned() ? Optional.of(at) : Optional.empty(),
              account.disabled() || account.banned() ? Optional.of(at) : Optional.empty(),
              account.profile(),
              at,
              at);
      accounts.put(id.value(), new Credentials(added, account.passwordHash(), Optional.empty()));
      tables.record(at, actor, "CreateAccount", realm.name().value(), id.toString());
      return added;
    }
  }

  @Override
  public Optional<Account> find(Realm realm, AccountRef ref) {
    return credentials(realm, ref).map(Credentials::account);
  }

  @Override
  public List<Account> list(Realm realm, Optional<AccountId> after, int limit) {
    synchronized (tables) {
      return accounts(realm)
          .tailMap(after.map(AccountId::value).orElse(0L), false)
          .values()
          .stream()
          .limit(limit)
          .map(Credentials::account)
          .toList();
    }
  }

  @Override
  public Updated update(
      Realm realm,
      AccountRef ref,
      AccountChange change,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending) {
    synchronized (tables) {
      Credentials before =
          credentials(realm, ref).orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND));
      Account changed = change.applied(before.account(), at);
      AccountId id = changed.id();
      List<Token> live =
          tables.live.values().stream()
              .filter(token -> change.isEnding() && isOf(token, realm, id))
              .toList();
      if (live.isEmpty()
          && changed.equals(before.account())
          && !change.changesPassword(before.account())) {
        return new Updated(changed, 0);
      }
      requireFree(realm, id, changed.names());
      for (Token token : live) {
        ending.accept(token.lookup());
        tables.end(token, at);
      }
      Account after =
          new Account(
              realm,
              id,
              changed.names(),
              changed.hasPassword(),
              changed.disableTime(),
              changed.banTime(),
              change.isEnding() ? Optional.of(at) : changed.endTime(),
              changed.profile(),
              changed.createTime(),
              at);
      Optional<Secret> hash =
          change.passwordHash().isPresent() ? change.passwordHash() : before.passwordHash();
      accounts(realm)
          .put(
              id.value(),
              new Credentials(
                  after, hash.filter(text -> !text.reveal().isEmpty()), before.importedHash()));
      tables.accountRevisions.add(id);
      tables.record(at, actor, "UpdateAccount", realm.name().value(), id.toString());
      return new Updated(after, live.size());
    }
  }

  @Override
  public Optional<Credentials> credentials(Realm realm, AccountRef ref) {
    synchronized (tables) {
      String text = ref.text();
      return switch (ref.by()) {
        case ID -> AccountId.parse(text).map(id -> accounts(realm).get(id.value()));
        case NAME -> first(realm, folded(text, Account.Names::name));
        case EMAIL -> first(realm, folded(text, Account.Names::email));
        case PHONE -> first(realm, names -> names.phone().equals(Optional.of(text)));
        case QQ -> first(realm, names -> names.qq().equals(Optional.of(text)));
        case LOGIN ->
            first(realm, folded(text, Account.Names::email))
                .or(() -> first(realm, names -> names.phone().equals(Optional.of(text))))
                .or(() -> first(realm, folded(text, Account.Names::name)));
      };
    }
  }

  @Override
  public boolean replaceHash(Realm realm, AccountId id, Secret present, Secret replacement) {
    synchronized (tables) {
      Credentials credentials = accounts(realm).get(id.value());
      if (credentials == null || !credentials.passwordHash().equals(Optional.of(present))) {
        return false;
      }
      accounts(realm)
          .put(
              id.value(),
              new Credentials(
                  credentials.account(), Optional.of(replacement), credentials.importedHash()));
      return true;
    }
  }

  /** Notes which hash was imported last. */
  void rememberImported(Realm realm, AccountId id, ImportedHash hash) {
    Credentials present = accounts(realm).get(id.value());
    accounts(realm)
        .put(
            id.value(),
            new Credentials(present.account(), present.passwordHash(), Optional.of(hash)));
  }

  @Override
  public Map<String, Integer> sampleSchemes(Realm realm) {
    synchronized (tables) {
      Map<String, Integer> counts = new HashMap<>();
      accounts(realm).values().stream()
          .limit(SAMPLE)
          .flatMap(credentials -> credentials.passwordHash().stream())
          .forEach(hash -> counts.merge(scheme(hash.reveal()), 1, Integer::sum));
      return counts;
    }
  }

  private static String scheme(String hash) {
    String[] parts = hash.split("\\$");
    return String.join("$", List.of(parts).subList(0, hash.startsWith("$2") ? 3 : 4));
  }

  private TreeMap<Long, Credentials> accounts(Realm realm) {
    return tables.accounts.computeIfAbsent(realm.id(), any -> new TreeMap<>());
  }

  private static boolean isOf(Token token, Realm realm, AccountId id) {
    return token.realm().id() == realm.id() && token.ties().accountId().equals(Optional.of(id));
  }

  private Optional<Credentials> first(Realm realm, Predicate<Account.Names> condition) {
    return accounts(realm).values().stream()
        .filter(credentials -> condition.test(credentials.account().names()))
        .findFirst();
  }

  private static Predicate<Account.Names> folded(
      String text, Function<Account.Names, Optional<String>> field) {
    String key = NameKeys.fold(text);
    return names -> field.apply(names).map(NameKeys::fold).equals(Optional.of(key));
  }

  private void requireFree(Realm realm, AccountId id, Account.Names names) {
    requireFree(realm, id, "name", names.name().map(text -> folded(text, Account.Names::name)));
    requireFree(realm, id, "email", names.email().map(text -> folded(text, Account.Names::email)));
    requireFree(
        realm, id, "phone", names.phone().map(text -> each -> each.phone().equals(names.phone())));
    requireFree(realm, id, "qq", names.qq().map(text -> each -> each.qq().equals(names.qq())));
  }

  private void requireFree(
      Realm realm, AccountId id, String field, Optional<Predicate<Account.Names>> same) {
    boolean isTaken = same.flatMap(condition -> others(realm, id, condition)).isPresent();
    if (isTaken) {
      throw RefusedException.ofTaken(field);
    }
  }

  private Optional<Credentials> others(
      Realm realm, AccountId id, Predicate<Account.Names> condition) {
    return accounts(realm).values().stream()
        .filter(credentials -> !credentials.account().id().equals(id))
        .filter(credentials -> condition.test(credentials.account().names()))
        .findFirst();
  }
}
