package io.jeton.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret to refresh, and what the next token is like. What is not said is the server's default.
 *
 * @param secret the presented secret
 * @param realm the tenant to look in; empty: {@code default}
 * @param issuer the contract instance that the token must be of; empty: not asked
 * @param expiry when the renewed token ends
 * @param format what the new secret looks like; it cannot be {@link TokenFormat.Supplied}
 * @param grace how long the presented secret gets the same answer again, at most a minute; empty:
 *     10 seconds
 * @param revokesReused whether presenting it after that revokes its whole family
 * @param acceptsToken whether the secret of a token that is refreshed with a pair is taken too
 */
public record RefreshSpec(
    Secret secret,
    String realm,
    String issuer,
    Expiry expiry,
    TokenFormat format,
    Optional<Duration> grace,
    boolean revokesReused,
    boolean acceptsToken) {

  /** Refuses a format that there is not. */
  public RefreshSpec {
    if (format instanceof TokenFormat.Supplied) {
      throw new IllegalArgumentException("the secret of a refresh cannot be chosen");
    }
  }

  /** Starts with every default. */
  public static Builder builder(Secret secret) {
    return new Builder(secret);
  }

  /** Collects a {@link RefreshSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private final Secret secret;
    private String realm = "";
    private String issuer = "";
    private Expiry expiry = new Expiry.Never();
    private TokenFormat format = new TokenFormat.Opaque();
    private Optional<Duration> grace = Optional.empty();
    private boolean revokesReused = true;
    private boolean acceptsToken;

    private Builder(Secret secret) {
      this.secret = secret;
    }

    /** The tenant to look in. Defaults to {@code default}. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** The contract instance that the token must be of. Defaults to any. */
    public Builder issuer(String issuer) {
      this.issuer = issuer;
      return this;
    }

    /** How long the renewed token is valid from now. Defaults to no end. */
    public Builder lifetime(Duration lifetime) {
      this.expiry = new Expiry.After(lifetime);
      return this;
    }

    /** The first instant at which the renewed token is no longer valid. Defaults to no end. */
    public Builder expireTime(Instant expireTime) {
      this.expiry = new Expiry.At(expireTime);
      return this;
    }

    /** What the new secret looks like. Defaults to {@link TokenFormat.Opaque}. */
    public Builder format(TokenFormat format) {
      this.format = format;
      return this;
    }

    /** How long the presented secret gets the same answer again. Defaults to 10 seconds. */
    public Builder grace(Duration grace) {
      this.grace = Optional.of(grace);
      return this;
    }

    /** Leaves the family alone when the secret is presented after its grace. */
    public Builder refuseReused() {
      this.revokesReused = false;
      return this;
    }

    /** Takes the secret of a token that is refreshed with a pair too. */
    public Builder acceptToken() {
      this.acceptsToken = true;
      return this;
    }

    /** The specification as collected so far. */
    public RefreshSpec build() {
      return new RefreshSpec(
          secret, realm, issuer, expiry, format, grace, revokesReused, acceptsToken);
    }
  }
}
