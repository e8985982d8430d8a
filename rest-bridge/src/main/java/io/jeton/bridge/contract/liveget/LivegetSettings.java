package io.jeton.bridge.contract.liveget;

import io.jeton.bridge.InstanceSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an operator can set of an instance.
 *
 * @param instance the name of the instance, the issuer of its codes
 * @param password the password of those who manage codes; none: nobody can
 * @param defaultValidity how long a code is valid that is created without a time; none: for good
 * @param failedPasswords how many wrong passwords an address has in five minutes
 * @param zone the time zone that counts until the realm's is known
 */
record LivegetSettings(
    String instance,
    String realm,
    Optional<PasswordHash> password,
    Optional<Duration> defaultValidity,
    int failedPasswords,
    ZoneId zone) {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static LivegetSettings of(InstanceSettings settings) {
    Predicate<String> isHash = text -> PasswordHash.parse(text).isPresent();
    return new LivegetSettings(
        settings.name(),
        settings.realm(),
        settings
            .secret("password-sha256", isHash, PasswordHash.EXPECTED)
            .flatMap(PasswordHash::parse),
        settings.durationOr(
            "unlimited",
            "default-validity",
            Duration.ofSeconds(999_999),
            Duration.ofSeconds(1),
            LONGEST),
        settings.wholeNumber("failed-passwords", 100, 1, 1_000_000),
        ZoneId.of(
            settings.text(
                "time-zone",
                "UTC",
                ZoneId.getAvailableZoneIds()::contains,
                "the IANA name of a time zone, such as Asia/Shanghai")));
  }
}
