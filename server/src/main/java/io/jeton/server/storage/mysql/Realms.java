package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The table {@code realm}. A realm's id and name never change, so they are remembered. */
final class Realms implements RealmStore {
  private final Transactions transactions;
  private final Map<Integer, Realm> remembered = new ConcurrentHashMap<>();

  Realms(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Realm> all() {
    return transactions.read(Realms::select);
  }

  @Override
  public void ensure(RealmName name, Instant at) {
    transactions.write(
        handle ->
            handle
                .createUpdate("INSERT IGNORE INTO realm (name, create_time) VALUES (?, ?)")
                .bind(0, TokenRows.bytes(name.value()))
                .bind(1, Micros.of(at))
                .execute());
  }

  Realm byId(Handle handle, int id) {
    Realm realm = remembered.get(id);
    if (realm == null) {
      select(handle).forEach(each -> remembered.put(each.id(), each));
      realm = remembered.get(id);
    }
    if (realm == null) {
      throw new IllegalStateException("a token has the unknown realm " + id);
    }
    return realm;
  }

  private static List<Realm> select(Handle handle) {
    return handle
        .createQuery("SELECT realm_id, name FROM realm ORDER BY realm_id")
        .map(
            (row, context) ->
                new Realm(row.getInt(1), new RealmName(TokenRows.text(row.getBytes(2)))))
        .list();
  }
}
