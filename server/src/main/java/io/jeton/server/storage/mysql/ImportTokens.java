package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedToken;
import io.jeton.server.domain.ImportedToken.Present;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenImports;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.feed.Lane;
import io.jeton.server.storage.mysql.FamilyRows.Change;
import io.jeton.server.storage.mysql.FamilyRows.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Adds and changes imported tokens, many in a transaction. */
final class ImportTokens implements TokenImports {
  private static final String ACTION = "ImportToken";

  private final Transactions transactions;
  private final ImportedRows rows;

  ImportTokens(Transactions transactions, TokenRows rows) {
    this.transactions = transactions;
    this.rows = new ImportedRows(rows);
  }

  @Override
  public Map<Lookup, Optional<Present>> present(Collection<Lookup> keys) {
    return transactions.read(
        handle -> {
          Map<Lookup, Optional<Present>> present = new HashMap<>();
          for (Lookup key : keys) {
            Optional<Present> live = rows.live(handle, key);
            if (live.isPresent() || ImportedRows.isKnown(handle, key)) {
              present.put(key, live);
            }
          }
          return present;
        });
  }

  @Override
  public List<Imported> apply(
      Realm realm, List<ImportedToken> tokens, Instant at, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException {
    try {
      return transactions.writeInLane(
          (handle, lane) -> new Batch(handle, lane, realm, at, actor, touched).apply(tokens));
    } catch (RuntimeException e) {
      // Somebody has added one of these meanwhile: the next attempt finds it.
      if (StoreFailures.duplicateKey(e).isPresent()) {
        throw new DuplicateIdException();
      }
      throw e;
    }
  }

  /** One transaction's work. */
  private final class Batch {
    private final Handle handle;
    private final Lane lane;
    private final Realm realm;
    private final Instant at;
    private final Actor actor;
    private final Consumer<Lookup> touched;
    private final Set<AccountId> ended = new HashSet<>();
    private int epoch;

    Batch(
        Handle handle, Lane lane, Realm realm, Instant at, Actor actor, Consumer<Lookup> touched) {
      this.handle = handle;
      this.lane = lane;
      this.realm = realm;
      this.at = at;
      this.actor = actor;
      this.touched = touched;
    }

    List<Imported> apply(List<ImportedToken> tokens) {
      lockAccounts(tokens);
      // A token may move out of a group, which must not be ended meanwhile.
      epoch = EpochRows.hold(handle, realm);
      List<Imported> outcomes = new ArrayList<>();
      for (ImportedToken each : tokens) {
        outcomes.add(apply(each));
      }
      return outcomes;
    }

    /** Before any token, and in one order, so that two imports don't lock each other out. */
    private void lockAccounts(List<ImportedToken> tokens) {
      Set<Long> accounts = new TreeSet<>();
      tokens.forEach(
          each -> each.token().ties().accountId().ifPresent(id -> accounts.add(id.value())));
      for (long account : accounts) {
        AccountId id = new AccountId(account);
        if (!ActiveAccounts.isActive(handle, realm, id)) {
          ended.add(id);
        }
      }
    }

    private Imported apply(ImportedToken asked) {
      Token token = asked.token();
      Optional<Present> present = rows.lock(handle, token.lookup());
      if (present.isEmpty()) {
        if (ImportedRows.isKnown(handle, token.lookup())) {
          return Imported.UNCHANGED;
        }
        InsertToken.token(handle, token);
        ImportedRows.putDetails(handle, token.id(), asked.importedId(), asked.lastUse());
        asked.source().ifPresent(each -> SecretSources.put(handle, token.id(), each));
        changed(token, asked);
        return Imported.CREATED;
      }
      boolean isEnding = isOfEnded(asked);
      if (asked.outcome(present.get()) == Imported.UNCHANGED && !isEnding) {
        return Imported.UNCHANGED;
      }
      Token now = present.get().token();
      ImportedRows.update(handle, asked, present.get(), epoch);
      if (!present.get().hasSource()) {
        asked.source().ifPresent(each -> SecretSources.put(handle, now.id(), each));
      }
      changed(now, asked);
      return Imported.CHANGED;
    }

    private boolean isOfEnded(ImportedToken asked) {
      return asked.token().ties().accountId().filter(ended::contains).isPresent();
    }

    private void changed(Token row, ImportedToken asked) {
      touched.accept(row.lookup());
      Revisions.insert(handle, lane, row.lookup(), at);
      Audit.insert(handle, at, actor, ACTION, realm.name().value(), row.id().toString());
      if (isOfEnded(asked)) {
        FamilyRows.endAlone(
            handle,
            lane,
            realm,
            new Row(row.id(), row.lookup()),
            at,
            new Change(actor, "RevokeToken", row.id()),
            touched);
      }
    }
  }
}
