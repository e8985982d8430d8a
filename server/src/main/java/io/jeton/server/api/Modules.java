package io.jeton.server.api;

import io.jeton.server.cache.Snapshot;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.SubModule;
import io.jeton.v1.GetModuleResponse;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The modules that this node holds in memory, as the store had them a moment ago. Reading never
 * blocks, refreshing does; safe for use by several threads.
 */
public final class Modules {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Snapshot<Index> index;

  /** Reads the store for the first time, which blocks. */
  public Modules(ModuleStore store, RealmStore realms) {
    this.index = new Snapshot<>(() -> new Index(store.all(), realms.zones()));
  }

  /** The module of a name that is the same but for case and width. */
  public Optional<Module> byName(Realm realm, String name) {
    return index.get().in(realm).named(name).map(Held::module);
  }

  /** The module of exactly this identification. */
  public Optional<Module> byIdentification(Realm realm, String identification) {
    return index.get().in(realm).identified(identification).map(Held::module);
  }

  public Optional<Module> byId(int id) {
    return Optional.ofNullable(index.get().byId.get(id));
  }

  /** The time zone of a realm's wall clocks. */
  ZoneId zone(Realm realm) {
    return index.get().zone(realm);
  }

  /** The answer that shows the module of a name. */
  Optional<GetModuleResponse> shownByName(Realm realm, String name) {
    return index.get().in(realm).named(name).map(Held::shown);
  }

  /** The answer that shows the module of exactly this identification. */
  Optional<GetModuleResponse> shownByIdentification(Realm realm, String identification) {
    return index.get().in(realm).identified(identification).map(Held::shown);
  }

  /**
   * What a licence for a part of a module is for; empty when it has no such part.
   *
   * @param subModule the part's name; empty or {@code default}: the module itself
   */
  public static Optional<LicensedModule> licensed(Module module, String subModule) {
    if (subModule.isEmpty()) {
      return Optional.of(module.licensed());
    }
    Optional<SubModule> part = module.subModule(subModule);
    if (part.isEmpty() && SubModule.isItself(subModule)) {
      return Optional.of(module.licensed());
    }
    return part.map(module::licensed);
  }

  /** Reads the store again, so that what was committed before is seen after. Blocks. */
  public void refresh() {
    index.refresh();
  }

  /** Reads the store again if it answers. Blocks. */
  public void refreshQuietly() {
    index.refreshQuietly();
  }

  /** All modules by everything that they are looked for by. Immutable. */
  private static final class Index {
    private final Map<Realm, OfRealm> byRealm = new HashMap<>();
    private final Map<Integer, Module> byId = new HashMap<>();
    private final Map<RealmName, ZoneId> zones;

    Index(List<Module> all, Map<RealmName, ZoneId> zones) {
      this.zones = zones;
      for (Module each : all) {
        byId.put(each.id(), each);
        OfRealm realm = byRealm.computeIfAbsent(each.realm(), any -> new OfRealm());
        Held held = new Held(each, zone(each.realm()));
        realm.byKey.put(NameKeys.fold(each.name()), held);
        realm.byIdentification.put(each.identification(), held);
      }
    }

    /** That of a realm which is younger than all this is UTC, as at first. */
    ZoneId zone(Realm realm) {
      return zones.getOrDefault(realm.name(), UTC);
    }

    OfRealm in(Realm realm) {
      return byRealm.getOrDefault(realm, OfRealm.EMPTY);
    }
  }

  private static final class OfRealm {
    static final OfRealm EMPTY = new OfRealm();

    private final Map<String, Held> byKey = new HashMap<>();
    private final Map<String, Held> byIdentification = new HashMap<>();

    Optional<Held> identified(String identification) {
      return Optional.ofNullable(byIdentification.get(identification));
    }

    Optional<Held> named(String name) {
      // Most ask in the form that the key has; folding costs more than another look.
      Held asIs = byKey.get(name);
      return Optional.ofNullable(asIs == null ? byKey.get(NameKeys.fold(name)) : asIs);
    }
  }

  /** A module, and the answer that shows it once somebody asked: it can be large. */
  private static final class Held {
    private final Module module;
    private final ZoneId zone;
    private volatile @Nullable GetModuleResponse shown;

    Held(Module module, ZoneId zone) {
      this.module = module;
      this.zone = zone;
    }

    Module module() {
      return module;
    }

    GetModuleResponse shown() {
      GetModuleResponse present = shown;
      if (present == null) {
        present =
            GetModuleResponse.newBuilder().setModule(ModuleMessages.module(module, zone)).build();
        shown = present;
      }
      return present;
    }
  }
}
