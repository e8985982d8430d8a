package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What licences are for. Immutable.
 *
 * @param name names it within its realm; never changes
 * @param identification names it to programs that verify licences
 * @param expireTime the first instant at which its licences are no longer active; empty: never
 * @param disableTime when it was disabled; empty: it is not
 * @param updateTime when it or a sub-module was last changed
 */
@SuppressWarnings("JavaLangClash") // The word of the API; nothing here is about Java's modules.
public record Module(
    int id,
    Realm realm,
    String name,
    String identification,
    Optional<Instant> expireTime,
    Optional<Instant> disableTime,
    SubModules parts,
    Instant createTime,
    Instant updateTime) {

  public boolean isDisabled() {
    return disableTime.isPresent();
  }

  /** Whether it is disabled, or its end has come at an instant given in epoch microseconds. */
  public boolean isOverdueAt(long nowMicros) {
    return isDisabled() || (expireTime.isPresent() && nowMicros >= Micros.of(expireTime.get()));
  }

  /** Its parts, by name. */
  public List<SubModule> subModules() {
    return parts.all();
  }

  /** The part of a name that is the same but for case and width. */
  public Optional<SubModule> subModule(String subModuleName) {
    return parts.find(subModuleName);
  }

  /** What a licence for the module itself is for. */
  public LicensedModule licensed() {
    return new LicensedModule(id, name, 0, "");
  }

  /** What a licence for one of its parts is for. */
  public LicensedModule licensed(SubModule subModule) {
    return new LicensedModule(id, name, subModule.id(), subModule.name());
  }
}
