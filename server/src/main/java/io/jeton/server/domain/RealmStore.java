package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;

/** Keeps realms. Implementations are safe for use by several threads. Blocks. */
public interface RealmStore {
  List<Realm> all();

  /** Adds a realm unless it is there. */
  void ensure(RealmName name, Instant at);
}
