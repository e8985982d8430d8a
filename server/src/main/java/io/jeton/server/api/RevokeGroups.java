package io.jeton.server.api;

import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.GroupEnd;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.TokenGroup;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import java.time.InstantSource;

/** {@code RevokeTokens}. Blocks; safe for use by several threads. */
public final class RevokeGroups {
  private final Access access;
  private final Validation validation;
  private final EpochStore store;
  private final Epochs epochs;
  private final Modules modules;
  private final InstantSource clock;

  /** Takes where ends are kept, and what else must know of them before a call is answered. */
  public RevokeGroups(
      Access access,
      Validation validation,
      EpochStore store,
      Epochs epochs,
      Modules modules,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.epochs = epochs;
    this.modules = modules;
    this.clock = clock;
  }

  public RevokeTokensResponse revoke(RevokeTokensRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.REVOKE);
    GroupEnd end = store.end(realm, group(realm, request), clock.instant(), identity.actor());
    epochs.add(realm, end);
    return RevokeTokensResponse.newBuilder()
        .setRevokeTime(Messages.timestamp(end.revokeTime()))
        .build();
  }

  private TokenGroup group(Realm realm, RevokeTokensRequest request) {
    return switch (request.getOfCase()) {
      case SUBJECT -> TokenGroup.ofSubject(request.getSubject());
      case APP_ID -> TokenGroup.ofApplication(request.getAppId());
      case MODULE ->
          TokenGroup.ofModule(
              modules
                  .byName(realm, request.getModule())
                  .map(Module::id)
                  .orElseThrow(() -> RefusedException.of(Refusal.MODULE_NOT_FOUND)));
      case KIND -> TokenGroup.ofKind(request.getKind());
      case WHOLE_REALM -> TokenGroup.WHOLE_REALM;
      case OF_NOT_SET -> throw new IllegalStateException("a request without a group is refused");
    };
  }
}
