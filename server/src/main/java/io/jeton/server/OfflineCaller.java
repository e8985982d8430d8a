package io.jeton.server;

import io.jeton.server.api.Identity;
import io.jeton.server.api.ManageCallers;
import io.jeton.server.api.Validation;
import io.jeton.server.cli.Upkeep.CallerGrant;
import io.jeton.server.cli.Upkeep.NewCaller;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Secret;
import io.jeton.server.storage.embedded.DatabaseClients;
import io.jeton.server.storage.mysql.MySqlStore;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.Grant;
import io.jeton.v1.Permission;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Adds a caller without a server, for whoever has lost the administrator's key but has the data
 * directory, or the external database's password. It is checked and recorded as it would be online;
 * the record's address is {@code offline}.
 */
final class OfflineCaller {
  /** Where the audit table says that it came from. */
  static final String ADDRESS = "offline";

  private final JetonConfig config;
  private final Path home;
  private final Map<String, String> environment;
  private final InstantSource clock;

  OfflineCaller(
      JetonConfig config, Path home, Map<String, String> environment, InstantSource clock) {
    this.config = config;
    this.home = home;
    this.environment = environment;
    this.clock = clock;
  }

  /** Adds it. Blocks. */
  NewCaller create(String name, List<CallerGrant> grants) throws StartupException, ConfigException {
    if (config.database().url().isPresent()) {
      // Its nodes may run: they read the callers again every second.
      return inDatabase(name, grants);
    }
    if (!DatabaseClients.isDatabaseIn(config.dataDirectory())) {
      throw new StartupException(
          config.dataDirectory() + " holds no embedded database (expected: a data directory)");
    }
    HeldDirectory held = hold();
    try {
      return inDatabase(name, grants);
    } finally {
      held.close();
    }
  }

  private HeldDirectory hold() throws StartupException {
    try {
      return HeldDirectory.take(config.dataDirectory());
    } catch (StartupException e) {
      throw new StartupException(
          e.getMessage() + ": stop it first, or use an administrator's key and leave out --offline",
          e);
    }
  }

  private NewCaller inDatabase(String name, List<CallerGrant> grants)
      throws StartupException, ConfigException {
    DataDirectory data = DataDirectory.open(config.dataDirectory());
    data.requireWhole();
    try (Database database = Database.open(config, data, home, environment)) {
      database.requireSchema();
      try (MySqlStore store =
          MySqlStore.open(database.address(), Database.connections(config), clock)) {
        Runnable nobodyToTell = () -> {};
        ManageCallers callers =
            new ManageCallers(new Validation(), store.callers(), nobodyToTell, nobodyToTell, clock);
        CreateCallerRequest.Builder request = CreateCallerRequest.newBuilder().setName(name);
        grants.forEach(grant -> request.addGrants(message(grant)));
        return created(callers.create(request.build(), new Identity(Caller.SERVER, ADDRESS, "")));
      }
    }
  }

  private static Grant message(CallerGrant grant) {
    return Grant.newBuilder()
        .setRealm(grant.realm())
        .addAllPermissions(
            grant.permissions().stream()
                .map(each -> Permission.valueOf("PERMISSION_" + each))
                .toList())
        .addAllSignKeys(grant.signKeys())
        .build();
  }

  private static NewCaller created(CreateCallerResponse response) {
    var time = response.getCaller().getCreateTime();
    return new NewCaller(
        response.getCaller().getGrantsList().stream().map(OfflineCaller::grant).toList(),
        Instant.ofEpochSecond(time.getSeconds(), time.getNanos()),
        Secret.of(response.getKey()));
  }

  private static CallerGrant grant(Grant message) {
    return new CallerGrant(
        message.getRealm(),
        message.getPermissionsList().stream()
            .map(each -> each.name().substring("PERMISSION_".length()))
            .toList(),
        message.getSignKeysList());
  }
}
