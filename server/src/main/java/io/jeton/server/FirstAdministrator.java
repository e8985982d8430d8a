package io.jeton.server;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Secret;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caller that a new database begins with. */
final class FirstAdministrator {
  private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

  private FirstAdministrator() {}

  /** Makes a caller who may do everything, when there has never been one. Blocks. */
  static void ensure(CallerStore callers, DataDirectory data, InstantSource clock)
      throws StartupException {
    if (!callers.isEmpty()) {
      return;
    }
    Secret key = data.administratorKey();
    Grants everything = Grants.of(Map.of(Grants.ALL_REALMS, EnumSet.of(Permission.ADMIN)));
    callers.create(
        "admin", Lookups.ofServiceKey(key.reveal()), everything, clock.instant(), Actor.SERVER);
    LOG.info("The first administrator's key is in {}", data.administratorKeyFile());
  }
}
