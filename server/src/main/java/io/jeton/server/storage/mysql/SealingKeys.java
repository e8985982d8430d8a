package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.SealingKeyStore;
import java.time.Instant;
import java.util.Optional;

/** The table {@code sealing_key}. */
final class SealingKeys implements SealingKeyStore {
  private final Transactions transactions;

  SealingKeys(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<WrappedKey> newest() {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "SELECT sealing_key_id, wrapped FROM sealing_key ORDER BY sealing_key_id DESC LIMIT 1")
                .map((row, context) -> new WrappedKey(row.getInt(1), row.getBytes(2)))
                .findOne());
  }

  @Override
  public void addFirst(byte[] wrapped, Instant at) {
    transactions.write(
        handle ->
            handle.execute(
                "INSERT IGNORE INTO sealing_key (sealing_key_id, wrapped, create_time) VALUES (1, ?, ?)",
                wrapped,
                Micros.of(at)));
  }

  @Override
  public boolean rewrap(WrappedKey was, byte[] wrapped, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
          int changed =
              handle.execute(
                  "UPDATE sealing_key SET wrapped = ? WHERE sealing_key_id = ? AND wrapped = ?",
                  wrapped,
                  was.id(),
                  was.wrapped());
          if (changed == 1) {
            Audit.insert(handle, at, actor, "RewrapKeyRing", "", "" + was.id());
          }
          return changed == 1;
        });
  }
}
