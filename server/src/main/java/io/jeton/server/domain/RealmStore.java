package io.jeton.server.domain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps realms. Implementations are safe for use by several threads. Blocks. */
public interface RealmStore {
  List<Realm> all();

  /** Adds a realm unless it is there. */
  void ensure(RealmName name, Instant at);

  /**
   * Brings a realm to this, with its audit record in the same transaction when that changes
   * anything.
   *
   * @param zone the time zone of its wall clocks; empty: it stays, UTC at first
   */
  Imported put(RealmName name, Optional<ZoneId> zone, Instant at, Actor actor);

  /** The time zone of a realm's wall clocks; empty when there is no such realm. */
  Optional<ZoneId> zone(RealmName name);

  /** The time zones of all realms. */
  Map<RealmName, ZoneId> zones();
}
