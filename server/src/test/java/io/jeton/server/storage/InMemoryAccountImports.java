package io.jeton.server.storage;

import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountRef.By;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The twin's imports of accounts. */
final class InMemoryAccountImports implements AccountImports {
  private final InMemoryTables tables;
  private final InMemoryAccountStore accounts;

  InMemoryAccountImports(InMemoryTables tables) {
    this.tables = tables;
    this.accounts = new InMemoryAccountStore(tables);
  }

  @Override
  public List<Credentials> holders(Realm realm, List<ImportedAccount> records) {
    synchronized (tables) {
      return records.stream()
          .flatMap(InMemoryAccountImports::refs)
          .flatMap(ref -> accounts.credentials(realm, ref).stream())
          .toList();
    }
  }

  private static Stream<AccountRef> refs(ImportedAccount record) {
    return Stream.of(
            record.id().map(AccountId::toString).map(text -> new AccountRef(By.ID, text)),
            record.names().name().map(text -> new AccountRef(By.NAME, text)),
            record.names().email().map(text -> new AccountRef(By.EMAIL, text)),
            record.names().phone().map(text -> new AccountRef(By.PHONE, text)),
            record.names().qq().map(text -> new AccountRef(By.QQ, text)))
        .flatMap(Optional::stream);
  }

  @Override
  public Applied apply(
      Realm realm,
      List<ImportedAccount> records,
      Instant at,
      Actor actor,
      Consumer<Lookup> ending) {
    synchronized (tables) {
      List<Imported> outcomes = new ArrayList<>();
      for (ImportedAccount record : records) {
        try {
          outcomes.add(apply(realm, record, at, actor, ending));
        } catch (RefusedException e) {
          return new Applied(outcomes, Optional.of(e.fields().get(0).field()));
        }
      }
      return new Applied(outcomes, Optional.empty());
    }
  }

  private Imported apply(
      Realm realm, ImportedAccount record, Instant at, Actor actor, Consumer<Lookup> ending) {
    AccountRef ref = record.ref().orElseThrow();
    Optional<Credentials> present = accounts.credentials(realm, ref);
    if (present.isEmpty()) {
      AccountId id = accounts.create(realm, record.toNew(), at, actor).id();
      record.importedHash().ifPresent(hash -> accounts.rememberImported(realm, id, hash));
      renameLastRecord();
      return Imported.CREATED;
    }
    Optional<AccountChange> change = record.changeOf(present.get());
    AccountId id = present.get().account().id();
    record.importedHash().ifPresent(hash -> accounts.rememberImported(realm, id, hash));
    if (change.isEmpty()) {
      return Imported.UNCHANGED;
    }
    accounts.update(realm, ref, change.get(), at, actor, ending);
    renameLastRecord();
    return Imported.CHANGED;
  }

  private void renameLastRecord() {
    AuditRecord last = tables.audit.remove(tables.audit.size() - 1);
    tables.record(last.at(), last.actor(), "ImportAccount", last.realm(), last.target());
  }
}
