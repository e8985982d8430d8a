package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.MachineBinding;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.v1.BindTokenRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code BindToken} to a machine. Blocks; safe for use by several threads. */
final class BindMachines {
  private final LicenceStore store;
  private final ModuleScopes scopes;
  private final Publishing publishing;
  private final InstantSource clock;

  BindMachines(LicenceStore store, Modules modules, TokenCache cache, InstantSource clock) {
    this.store = store;
    this.scopes = new ModuleScopes(modules);
    this.publishing = new Publishing(cache);
    this.clock = clock;
  }

  /** Refuses what does not go together. */
  static void require(BindTokenRequest request) {
    if (!request.hasMachine()) {
      if (request.getRebind()) {
        throw RefusedException.ofField("rebind", "must be unset unless there is a machine");
      }
      return;
    }
    if (request.getMachine().isEmpty() && !request.getRebind()) {
      throw RefusedException.ofField("machine", "must not be empty without rebind");
    }
    if (request.getScopesCount() > 0) {
      throw RefusedException.ofField("scopes", "must be empty for a machine");
    }
  }

  Optional<Token> bind(BindTokenRequest request, Realm realm, Token found, Identity identity) {
    Licence licence = found.licence();
    if (licence == null) {
      throw MachineBinding.noLicence();
    }
    Instant now = clock.instant();
    if (!request.getRebind() && !found.isRevoked() && !found.isExpiredAt(Micros.of(now))) {
      scopes.requireActive(licence.module(), Micros.of(now));
    }
    MachineBinding binding = new MachineBinding(request.getMachine(), request.getRebind());
    return publishing.publish(
        touched -> {
          touched.accept(found.lookup());
          return store.bindMachine(realm, found.id(), binding, now, identity.actor(), touched);
        });
  }
}
