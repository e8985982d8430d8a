package io.jeton.server.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A module to add, or what one is to be. Immutable.
 *
 * @param disabled whether it is disabled; empty: it is not, or stays as it is if it is there
 * @param subModules its parts, no two of one name
 */
public record NewModule(
    String name,
    String identification,
    Optional<Instant> expireTime,
    Optional<Boolean> disabled,
    List<NewSubModule> subModules) {

  /** A part to add, or what the one of its name is to be. */
  public record NewSubModule(String name, Optional<Instant> expireTime) {}

  /** What makes the module of its name that is there what it says, but for the parts. */
  public ModuleChange change() {
    return new ModuleChange(
        Optional.of(identification), Optional.of(new ModuleChange.Expiry(expireTime)), disabled);
  }

  /** The module as it will be; parts that it gets have the number 0, as the store knows better. */
  public Module applied(Module before, Instant at) {
    Module changed = change().applied(before, at);
    Map<String, SubModule> parts = new LinkedHashMap<>();
    changed.subModules().forEach(each -> parts.put(NameKeys.fold(each.name()), each));
    for (NewSubModule each : subModules) {
      parts.merge(
          NameKeys.fold(each.name()),
          new SubModule(0, each.name(), each.expireTime()),
          (old, put) -> new SubModule(old.id(), old.name(), put.expireTime()));
    }
    return new Module(
        changed.id(),
        changed.realm(),
        changed.name(),
        changed.identification(),
        changed.expireTime(),
        changed.disableTime(),
        SubModules.of(List.copyOf(parts.values())),
        changed.createTime(),
        changed.updateTime());
  }
}
