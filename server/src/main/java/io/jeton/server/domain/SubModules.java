package io.jeton.server.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of one module, by name. Immutable. */
public final class SubModules {
  /** A module without parts. */
  public static final SubModules NONE = new SubModules(List.of());

  private final List<SubModule> all;
  private final Map<String, SubModule> byKey = new HashMap<>();

  private SubModules(List<SubModule> all) {
    this.all = List.copyOf(all);
    for (SubModule each : all) {
      byKey.put(NameKeys.fold(each.name()), each);
    }
  }

  public static SubModules of(List<SubModule> all) {
    return all.isEmpty() ? NONE : new SubModules(all);
  }

  /** In the order that they were given in. */
  public List<SubModule> all() {
    return all;
  }

  /** The one of a name that is the same but for case and width. */
  public Optional<SubModule> find(String name) {
    if (byKey.isEmpty()) {
      return Optional.empty();
    }
    // Most ask in the form that the key has; folding costs more than another look.
    SubModule asIs = byKey.get(name);
    return Optional.ofNullable(asIs == null ? byKey.get(NameKeys.fold(name)) : asIs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubModules subModules && all.equals(subModules.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
