package io.jeton.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to change of a session; what is empty stays.
 *
 * @param accountId the account that is logged in; empty inside: nobody is
 * @param data a JSON object; empty inside: one without members
 * @param expiry when it ends from now on
 */
public record SessionChange(
    Optional<String> accountId, Optional<Secret> data, Optional<Expiry> expiry) {

  /** Starts with nothing to change. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a {@link SessionChange}. Not safe for use by several threads. */
  public static final class Builder {
    private Optional<String> accountId = Optional.empty();
    private Optional<Secret> data = Optional.empty();
    private Optional<Expiry> expiry = Optional.empty();

    private Builder() {}

    /** The account that is logged in; empty: nobody is. */
    public Builder accountId(String accountId) {
      this.accountId = Optional.of(accountId);
      return this;
    }

    /** A JSON object of at most 64 KiB. */
    public Builder data(String data) {
      this.data = Optional.of(Secret.of(data));
      return this;
    }

    /** How long it is valid from now. */
    public Builder lifetime(Duration lifetime) {
      this.expiry = Optional.of(new Expiry.After(lifetime));
      return this;
    }

    /** The first instant at which it is no longer valid. */
    public Builder expireTime(Instant expireTime) {
      this.expiry = Optional.of(new Expiry.At(expireTime));
      return this;
    }

    /** The change as collected so far. */
    public SessionChange build() {
      return new SessionChange(accountId, data, expiry);
    }
  }
}
