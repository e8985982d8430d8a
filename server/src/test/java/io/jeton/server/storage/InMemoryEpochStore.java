package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Axis;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.GroupEnd;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenGroup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ends the twin's groups of tokens. */
final class InMemoryEpochStore implements EpochStore {
  private static final int LONGEST_TARGET = 64;

  private final InMemoryTables tables;

  InMemoryEpochStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public GroupEnd end(Realm realm, TokenGroup group, Instant at, Actor actor) {
    synchronized (tables) {
      GroupEnd end = new GroupEnd(group, tables.epoch(realm) + 1, Micros.toInstant(Micros.of(at)));
      tables.addEnd(realm, end);
      tables.record(at, actor, "RevokeTokens", realm.name().value(), target(group));
      return end;
    }
  }

  private static String target(TokenGroup group) {
    String axis = group.axis().name().toLowerCase(Locale.ROOT);
    String target = group.axis() == Axis.REALM ? axis : axis + " " + group.name();
    while (target.getBytes(StandardCharsets.UTF_8).length > LONGEST_TARGET) {
      target = target.substring(0, target.offsetByCodePoints(target.length(), -1));
    }
    return target;
  }

  @Override
  public Map<Realm, Integer> current() {
    synchronized (tables) {
      Map<Realm, Integer> current = new HashMap<>();
      tables.groupEnds.keySet().forEach(realm -> current.put(realm, tables.epoch(realm)));
      return current;
    }
  }

  @Override
  public List<GroupEnd> since(Realm realm, int epoch) {
    synchronized (tables) {
      return tables.groupEnds.getOrDefault(realm, Map.of()).values().stream()
          .filter(end -> end.epoch() > epoch)
          .sorted(Comparator.comparing(GroupEnd::epoch))
          .toList();
    }
  }
}
