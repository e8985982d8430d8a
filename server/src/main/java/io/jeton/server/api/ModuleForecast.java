package io.jeton.server.api;

import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SubModules;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What would become of the modules of an import, each seen after those before it. Not safe for use
 * by several threads.
 */
final class ModuleForecast {
  private final Map<Key, Module> foreseen = new HashMap<>();
  private final Map<Key, String> owners = new HashMap<>();

  /** A text of a realm. */
  private record Key(String realm, String text) {}

  /**
   * Says what would become of a module.
   *
   * @param present the module of its name that the store has
   * @param holder the module of its identification that the store has
   * @throws RefusedException MODULE_EXISTS when its identification would be another module's
   */
  Imported of(
      String realm,
      NewModule asked,
      Optional<Module> present,
      Optional<Module> holder,
      Instant now) {
    String name = NameKeys.fold(asked.name());
    Key identification = new Key(realm, asked.identification());
    Optional<String> owner =
        Optional.ofNullable(owners.get(identification))
            .or(() -> holder.filter(each -> keeps(realm, each)).map(ModuleForecast::key));
    if (owner.filter(each -> !each.equals(name)).isPresent()) {
      throw RefusedException.ofTakenByModule("identification");
    }
    Key key = new Key(realm, name);
    Optional<Module> before = Optional.ofNullable(foreseen.get(key)).or(() -> present);
    Module after = asked.applied(before.orElseGet(() -> added(realm, asked, now)), now);
    before.ifPresent(each -> owners.remove(new Key(realm, each.identification())));
    owners.put(identification, name);
    foreseen.put(key, after);
    if (before.isEmpty()) {
      return Imported.CREATED;
    }
    return after.equals(before.get()) ? Imported.UNCHANGED : Imported.CHANGED;
  }

  /** Whether no line before gave the module of the store another identification. */
  private boolean keeps(String realm, Module holder) {
    Module after = foreseen.get(new Key(realm, key(holder)));
    return after == null || after.identification().equals(holder.identification());
  }

  private static String key(Module module) {
    return NameKeys.fold(module.name());
  }

  /** A module without parts that the store has not numbered. */
  private static Module added(String realm, NewModule asked, Instant now) {
    return new Module(
        0,
        new Realm(0, new RealmName(realm)),
        asked.name(),
        asked.identification(),
        asked.expireTime(),
        Optional.empty(),
        SubModules.NONE,
        now,
        now);
  }
}
