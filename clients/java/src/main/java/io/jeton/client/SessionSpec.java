package io.jeton.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What session to add.
 *
 * @param realm the tenant to add it to; empty: {@code default}
 * @param sid what the cookie names it by; empty: a random one
 * @param accountId the account that is logged in; empty: nobody is
 * @param data a JSON object; empty: one without members
 * @param expiry when it ends
 */
public record SessionSpec(
    String realm, Optional<Secret> sid, String accountId, Secret data, Expiry expiry) {

  /** Starts with every default, for a session that lasts so long. */
  public static Builder lasting(Duration lifetime) {
    return new Builder(new Expiry.After(lifetime));
  }

  /** Starts with every default, for a session that ends at this instant. */
  public static Builder until(Instant expireTime) {
    return new Builder(new Expiry.At(expireTime));
  }

  /** Collects a {@link SessionSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private final Expiry expiry;
    private String realm = "";
    private Optional<Secret> sid = Optional.empty();
    private String accountId = "";
    private Secret data = Secret.of("");

    private Builder(Expiry expiry) {
      this.expiry = expiry;
    }

    /** The tenant to add it to. Defaults to {@code default}. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** What the cookie names it by. Defaults to a random one of 32 characters. */
    public Builder sid(Secret sid) {
      this.sid = Optional.of(sid);
      return this;
    }

    /** The account that is logged in. Defaults to nobody. */
    public Builder accountId(String accountId) {
      this.accountId = accountId;
      return this;
    }

    /** A JSON object of at most 64 KiB. Defaults to one without members. */
    public Builder data(String data) {
      this.data = Secret.of(data);
      return this;
    }

    /** The specification as collected so far. */
    public SessionSpec build() {
      return new SessionSpec(realm, sid, accountId, data, expiry);
    }
  }
}
