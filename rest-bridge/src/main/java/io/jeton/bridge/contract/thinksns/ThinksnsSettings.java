package io.jeton.bridge.contract.thinksns;

import io.jeton.bridge.InstanceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be set about an instance.
 *
 * @param name what it is called: the issuer of its tokens and the name of its signing keys
 * @param realm whose accounts and tokens it serves
 * @param requestsPerMinute how many requests of a client address are answered in a minute. Defaults
 *     to 120.
 * @param loginLifetime how long a token of {@code /auth} is valid. Defaults to 1 hour.
 * @param tokensLifetime how long a token of {@code /tokens} is valid. Defaults to 14 days.
 * @param refreshWindow how long after a login its tokens can be refreshed. Defaults to 28 days.
 * @param acceptForeignUntil before when the original server must have issued a token that is
 *     accepted. Defaults to none being accepted.
 */
record ThinksnsSettings(
    String name,
    String realm,
    int requestsPerMinute,
    Duration loginLifetime,
    Duration tokensLifetime,
    Duration refreshWindow,
    Optional<Instant> acceptForeignUntil) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int MOST_REQUESTS = 1_000_000;
  private static final int REQUESTS = 120;
  private static final Duration LOGIN = Duration.ofHours(1);
  private static final Duration TOKENS = Duration.ofDays(14);
  private static final Duration WINDOW = Duration.ofDays(28);

  static ThinksnsSettings of(InstanceSettings settings) {
    return new ThinksnsSettings(
        settings.name(),
        settings.realm(),
        settings.wholeNumber("requests-per-minute", REQUESTS, 1, MOST_REQUESTS),
        settings.duration("login-lifetime", LOGIN, MINUTE, LONGEST),
        settings.duration("tokens-lifetime", TOKENS, MINUTE, LONGEST),
        settings.duration("refresh-window", WINDOW, MINUTE, LONGEST),
        settings.instant("accept-foreign-until"));
  }

  /** How long a token of the endpoint that answers is valid. */
  Duration lifetime(Route route) {
    return switch (route) {
      case LOGIN, LOGOUT, REFRESH -> loginLifetime;
      case TOKENS, TOKEN, OTHER -> tokensLifetime;
    };
  }
}
