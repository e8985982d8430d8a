package io.jeton.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which tokens of an original server the keys of a name vouch for.
 *
 * @param acceptUntil only tokens whose {@code iat} is before this are taken
 * @param refreshWindow how long after its {@code iat} such a token can be refreshed; empty: it
 *     cannot be
 * @param claims the text that a claim must have if the token has it
 * @param issuer the contract instance that such tokens are of; empty: none
 */
public record ForeignTokens(
    Instant acceptUntil,
    Optional<Duration> refreshWindow,
    Map<String, String> claims,
    String issuer) {
  /** Copies the map. */
  public ForeignTokens {
    claims = Map.copyOf(claims);
  }
}
