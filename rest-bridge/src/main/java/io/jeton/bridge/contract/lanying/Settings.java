package io.jeton.bridge.contract.lanying;

import io.jeton.bridge.InstanceSettings;
import java.time.Duration;

/**
 * What an operator can set of an instance.
 *
 * @param name what it is called: the issuer of its tokens and the name of its signing keys
 * @param realm whose applications and accounts it serves
 * @param lifetime how long a token is valid. Defaults to 30 days.
 */
record Settings(String name, String realm, Duration lifetime) {
  private static final Duration DEFAULT = Duration.ofDays(30);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static Settings of(InstanceSettings settings) {
    return new Settings(
        settings.name(),
        settings.realm(),
        settings.duration("lifetime", DEFAULT, SHORTEST, LONGEST));
  }
}
