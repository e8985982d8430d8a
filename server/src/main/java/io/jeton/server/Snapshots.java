package io.jeton.server;

import io.jeton.server.cache.EpochFeed;
import io.jeton.server.cache.Snapshot;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.storage.mysql.MySqlStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a node holds in memory whole, because every call asks for it.
 *
 * @param callers the callers that may call, by their key's digest
 * @param realms the realms, by name
 * @param epochs the groups of tokens that were ended
 */
record Snapshots(
    Snapshot<Map<Lookup, Caller>> callers, Snapshot<Map<String, Realm>> realms, EpochFeed epochs) {
  /** How often they are read again. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** Reads them for the first time. Blocks. */
  static Snapshots of(MySqlStore store) {
    return new Snapshots(
        new Snapshot<>(store.callers()::enabledByKey),
        new Snapshot<>(
            () ->
                store.realms().all().stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            realm -> realm.name().value(), Function.identity()))),
        new EpochFeed(store.epochs(), new Epochs()));
  }

  /** Has them read again from now on. */
  void keepFresh(Background background) {
    background.every(PERIOD, callers::refreshQuietly);
    background.every(PERIOD, realms::refreshQuietly);
    background.every(PERIOD, epochs::refreshQuietly);
  }
}
