package io.jeton.server.api;

import io.jeton.server.cache.Snapshot;
import io.jeton.server.crypto.ApplicationSealer;
import io.jeton.server.crypto.ApplicationSealer.Secrets;
import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.ApplicationStore.SealedApplication;
import io.jeton.server.domain.Realm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registered applications that this node holds in memory with their secrets, as the store had
 * them a moment ago. Reading never blocks, refreshing does; safe for use by several threads.
 */
public final class Applications {
  private final Snapshot<Map<Realm, Map<String, Entry>>> index;

  /** Reads the store for the first time, which blocks. */
  public Applications(ApplicationStore store, ApplicationSealer sealer) {
    this.index = new Snapshot<>(() -> index(store.all(), sealer));
  }

  /** An application and its secrets; without them when they cannot be opened. */
  record Entry(Application application, Optional<Secrets> secrets) {}

  public Optional<Application> find(Realm realm, String appId) {
    return entry(realm, appId).map(Entry::application);
  }

  Optional<Entry> entry(Realm realm, String appId) {
    return Optional.ofNullable(index.get().getOrDefault(realm, Map.of()).get(appId));
  }

  /** Whether the application is registered and disabled. Allocates nothing. */
  public boolean isDisabled(Realm realm, String appId) {
    if (appId.isEmpty()) {
      return false;
    }
    Map<String, Entry> ofRealm = index.get().get(realm);
    Entry entry = ofRealm == null ? null : ofRealm.get(appId);
    return entry != null && entry.application.isDisabled();
  }

  /** Reads the store again, so that what was committed before is seen after. Blocks. */
  public void refresh() {
    index.refresh();
  }

  /** Reads the store again if it answers. Blocks. */
  public void refreshQuietly() {
    index.refreshQuietly();
  }

  private static Map<Realm, Map<String, Entry>> index(
      List<SealedApplication> all, ApplicationSealer sealer) {
    Map<Realm, Map<String, Entry>> index = new HashMap<>();
    for (SealedApplication each : all) {
      index
          .computeIfAbsent(each.application().realm(), any -> new HashMap<>())
          .put(each.application().appId(), new Entry(each.application(), sealer.open(each)));
    }
    return index;
  }
}
