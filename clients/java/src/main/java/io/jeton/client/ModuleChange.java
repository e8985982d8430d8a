package io.jeton.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What to change of a module. What is absent stays.
 *
 * @param identification names it to programs that verify licences
 * @param expiry when its licences end: {@link Expiry.At} or {@link Expiry.Never}
 * @param disabled whether its licences are not active
 */
public record ModuleChange(
    Optional<String> identification, Optional<Expiry> expiry, Optional<Boolean> disabled) {

  /** Starts with no change. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a {@link ModuleChange}. Not safe for use by several threads. */
  public static final class Builder {
    private Optional<String> identification = Optional.empty();
    private Optional<Expiry> expiry = Optional.empty();
    private Optional<Boolean> disabled = Optional.empty();

    private Builder() {}

    /** What names it to programs that verify licences. */
    public Builder identification(String identification) {
      this.identification = Optional.of(identification);
      return this;
    }

    /** When its licences end. */
    public Builder expireTime(Instant expireTime) {
      this.expiry = Optional.of(new Expiry.At(expireTime));
      return this;
    }

    /** That its licences have no common end. */
    public Builder never() {
      this.expiry = Optional.of(new Expiry.Never());
      return this;
    }

    /** Whether its licences are not active. */
    public Builder disabled(boolean disabled) {
      this.disabled = Optional.of(disabled);
      return this;
    }

    /** The change as collected so far. */
    public ModuleChange build() {
      return new ModuleChange(identification, expiry, disabled);
    }
  }
}
