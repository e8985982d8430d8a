package io.jeton.server.api;

import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AccountStore.Ensured;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import java.time.InstantSource;

/** {@code EnsureAccount}. Blocks; safe for use by several threads. */
public final class EnsureAccounts {
  private final Access access;
  private final Validation validation;
  private final AccountStore store;
  private final InstantSource clock;

  public EnsureAccounts(
      Access access, Validation validation, AccountStore store, InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.clock = clock;
  }

  public EnsureAccountResponse ensure(EnsureAccountRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Ensured ensured = store.ensure(realm, request.getQq(), clock.instant(), identity.actor());
    return EnsureAccountResponse.newBuilder()
        .setAccount(AccountMessages.account(ensured.account()))
        .setCreated(ensured.created())
        .build();
  }
}
