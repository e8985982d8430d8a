package io.jeton.server.api;

import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;

/** {@code ImportService}: begins imports. Safe for use by several threads; never blocks. */
public final class ImportRecords {
  private final Access access;
  private final ImportRealms realms;
  private final ImportAccounts accounts;
  private final ImportKeys keys;
  private final ImportWebSessions sessions;

  public ImportRecords(
      Access access,
      ImportRealms realms,
      ImportAccounts accounts,
      ImportKeys keys,
      ImportWebSessions sessions) {
    this.access = access;
    this.realms = realms;
    this.accounts = accounts;
    this.keys = keys;
    this.sessions = sessions;
  }

  /**
   * Begins an import.
   *
   * @param validateOnly whether its records are only checked
   */
  public ImportSession begin(boolean validateOnly, Identity identity) {
    return new ImportSession(this, validateOnly, identity);
  }

  ImportRealms realms() {
    return realms;
  }

  ImportAccounts accounts() {
    return accounts;
  }

  ImportKeys keys() {
    return keys;
  }

  ImportWebSessions sessions() {
    return sessions;
  }

  /** The realm that a record names, which the caller must administer. */
  Realm realm(String name, Identity identity) {
    return access.require(identity.caller(), name, Permission.ADMIN);
  }
}
