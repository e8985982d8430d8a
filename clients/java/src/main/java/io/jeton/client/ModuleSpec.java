package io.jeton.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What module to add.
 *
 * @param realm the tenant to add it to; empty: the server's default one
 * @param name names it within its realm; compared without case and width
 * @param identification names it to programs that verify licences
 * @param expireTime the first instant at which its licences are no longer active; empty: never
 * @param disabled whether its licences are not active
 * @param subModules its parts
 */
public record ModuleSpec(
    String realm,
    String name,
    String identification,
    Optional<Instant> expireTime,
    boolean disabled,
    List<SubModule> subModules) {

  /** Starts with an active module that never ends and has no parts. */
  public static Builder builder(String name, String identification) {
    return new Builder(name, identification);
  }

  /** Collects a {@link ModuleSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final String identification;
    private final List<SubModule> subModules = new ArrayList<>();
    private String realm = "";
    private Optional<Instant> expireTime = Optional.empty();
    private boolean disabled;

    private Builder(String name, String identification) {
      this.name = name;
      this.identification = identification;
    }

    /** The tenant to add it to. Defaults to the server's default one. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** When its licences end. Defaults to never. */
    public Builder expireTime(Instant expireTime) {
      this.expireTime = Optional.of(expireTime);
      return this;
    }

    /** Whether its licences are not active. Defaults to false. */
    public Builder disabled(boolean disabled) {
      this.disabled = disabled;
      return this;
    }

    /** One more part. Defaults to none. */
    public Builder addSubModule(SubModule subModule) {
      subModules.add(subModule);
      return this;
    }

    /** The module as collected so far. */
    public ModuleSpec build() {
      return new ModuleSpec(
          realm, name, identification, expireTime, disabled, List.copyOf(subModules));
    }
  }
}
