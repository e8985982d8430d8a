package io.jeton.server.storage.mysql;

import io.jeton.server.domain.ActLog;
import java.util.List;

/** Writes what administrators did as others to the table {@code audit}. */
final class WriteActs implements ActLog {
  private final Transactions transactions;

  WriteActs(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void record(List<Act> acts) {
    Object unused =
        transactions.write(
            handle -> {
              acts.forEach(act -> Audit.insertAct(handle, act));
              return acts;
            });
  }
}
