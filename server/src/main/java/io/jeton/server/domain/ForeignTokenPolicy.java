package io.jeton.server.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which tokens of an original server the keys of a name vouch for. Immutable.
 *
 * @param acceptUntil only tokens whose {@code iat} is before this
 * @param refreshWindow how long after its {@code iat} such a token can be refreshed; empty: it
 *     cannot be
 * @param claims the text that a claim must have if the token has it
 * @param issuer the contract instance that such tokens are of; empty: none
 */
public record ForeignTokenPolicy(
    Instant acceptUntil,
    Optional<Duration> refreshWindow,
    Map<String, String> claims,
    String issuer) {
  public ForeignTokenPolicy {
    claims = Map.copyOf(claims);
  }
}
