package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountKeys;
import io.jeton.server.domain.ModuleIds;
import io.jeton.server.domain.Realm;
import java.util.Optional;

/** Finds modules by name. */
final class FindModuleId implements ModuleIds {
  static final String BY_NAME = "SELECT module_id FROM module WHERE realm_id = ? AND name_key = ?";

  private final Transactions transactions;

  FindModuleId(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Integer> find(Realm realm, String name) {
    return transactions.read(
        handle ->
            handle
                .createQuery(BY_NAME)
                .bind(0, realm.id())
                .bind(1, TokenRows.bytes(AccountKeys.fold(name)))
                .mapTo(Integer.class)
                .findOne());
  }
}
