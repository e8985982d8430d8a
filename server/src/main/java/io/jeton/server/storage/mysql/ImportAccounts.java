package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Adds and changes accounts, many in a transaction. */
final class ImportAccounts implements AccountImports {
  private final Transactions transactions;
  private final FindAccounts finder;
  private final Accounts accounts;

  ImportAccounts(Transactions transactions, Accounts accounts) {
    this.transactions = transactions;
    this.finder = new FindAccounts(transactions);
    this.accounts = accounts;
  }

  @Override
  public List<Credentials> holders(Realm realm, List<ImportedAccount> records) {
    return transactions.read(handle -> FindHolders.select(handle, realm, records));
  }

  @Override
  public Applied apply(
      Realm realm,
      List<ImportedAccount> records,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending) {
    int refusedBefore = -1;
    while (true) {
      Batch batch = new Batch(realm, at, actor, ending);
      try {
        return new Applied(
            transactions.writeInLane((handle, lane) -> batch.apply(handle, lane, records)),
            Optional.empty());
      } catch (RuntimeException e) {
        Optional<String> taken = Accounts.takenField(e);
        if (taken.isEmpty()) {
          throw e;
        }
        int refused = batch.done.size();
        if (refused <= refusedBefore) {
          return upTo(refused, taken, realm, records, at, actor, ending);
        }
        // Another import may have added that very account: then it is there at the next look.
        refusedBefore = refused;
      }
    }
  }

  /** The transaction is gone with the record that could not be: those before it, once more. */
  private Applied upTo(
      int refused,
      Optional<String> taken,
      Realm realm,
      List<ImportedAccount> records,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending) {
    if (refused == 0) {
      return new Applied(List.of(), taken);
    }
    Applied before = apply(realm, records.subList(0, refused), at, actor, ending);
    return before.taken().isPresent() ? before : new Applied(before.outcomes(), taken);
  }

  /** One transaction's work; what was done is known also when it fails. */
  private final class Batch {
    private final Realm realm;
    private final Instant at;
    private final Actor actor;
    private final Consumer<Lookup> ending;
    private List<Imported> done = List.of();

    Batch(Realm realm, Instant at, Actor actor, Consumer<Lookup> ending) {
      this.realm = realm;
      this.at = at;
      this.actor = actor;
      this.ending = ending;
    }

    List<Imported> apply(Handle handle, Lane lane, List<ImportedAccount> records) {
      done = new ArrayList<>();
      if (records.stream().anyMatch(record -> record.id().isEmpty())) {
        // Before any row is locked, or two imports would lock each other out.
        Accounts.lockIds(handle, realm);
      }
      for (ImportedAccount record : records) {
        done.add(apply(handle, lane, record));
      }
      return done;
    }

    private Imported apply(Handle handle, Lane lane, ImportedAccount record) {
      AccountRef ref = record.ref().orElseThrow();
      Optional<Credentials> present = finder.find(handle, realm, ref);
      if (present.isEmpty()) {
        create(handle, record);
        return Imported.CREATED;
      }
      Optional<AccountChange> change = record.changeOf(present.get());
      if (!record.importedHash().equals(present.get().importedHash())) {
        remember(handle, present.get().account().id(), record);
      }
      if (change.isEmpty()) {
        return Imported.UNCHANGED;
      }
      AccountRef id = AccountRef.of(present.get().account().id());
      accounts.update(handle, lane, realm, id, change.get(), at, actor, "ImportAccount", ending);
      return Imported.CHANGED;
    }

    private void remember(Handle handle, AccountId id, ImportedAccount record) {
      record.importedHash().ifPresent(hash -> Accounts.rememberImported(handle, realm, id, hash));
    }

    private void create(Handle handle, ImportedAccount record) {
      AccountId id = record.id().orElseGet(() -> Accounts.nextId(handle, realm));
      Accounts.insert(handle, realm, id, record.toNew(), at);
      remember(handle, id, record);
      Audit.insert(handle, at, actor, "ImportAccount", realm.name().value(), id.toString());
    }
  }
}
