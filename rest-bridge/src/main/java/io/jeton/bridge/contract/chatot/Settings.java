package io.jeton.bridge.contract.chatot;

import io.jeton.bridge.InstanceSettings;
import io.jeton.v1.ReusePolicy;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an operator can set of an instance.
 *
 * @param instance the name of the instance, the issuer of its tokens
 * @param anonymous whether a request without credentials makes an anonymous token
 * @param defaultScopes the scopes of every token that is made
 * @param lifetime how long a token is valid, from its creation and from each refresh
 * @param refreshWindow how long after its creation it can be refreshed
 * @param refreshWithValue whether it can be refreshed with its value too
 * @param grace how long a spent refresh secret gets the same answer again
 * @param reuse what a spent refresh secret brings about after that
 * @param creationsPerMinute how many tokens a client address can make in a minute
 * @param anonymousTokens how many anonymous tokens there can be
 */
record Settings(
    String instance,
    String realm,
    boolean anonymous,
    List<String> defaultScopes,
    Duration lifetime,
    Duration refreshWindow,
    boolean refreshWithValue,
    Duration grace,
    ReusePolicy reuse,
    int creationsPerMinute,
    int anonymousTokens) {
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,128}");
  private static final int MOST_SCOPES = 64;
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final String REFUSE = "refuse";
  private static final String REVOKE_FAMILY = "revoke-family";

  static Settings of(InstanceSettings settings) {
    return new Settings(
        settings.name(),
        settings.realm(),
        settings.bool("anonymous", true),
        settings.texts(
            "default-scopes",
            List.of(),
            MOST_SCOPES,
            scope -> SCOPE.matcher(scope).matches(),
            "a list of at most 64 scopes, each printable ASCII without space, quote and backslash"),
        settings.duration("lifetime", Duration.ofHours(2), Duration.ofSeconds(1), LONGEST),
        settings.duration("refresh-window", Duration.ofDays(30), Duration.ofSeconds(1), LONGEST),
        settings.bool("refresh-with-value", false),
        settings.duration("grace", Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(60)),
        settings.oneOf("reuse", REVOKE_FAMILY, List.of(REVOKE_FAMILY, REFUSE)).equals(REFUSE)
            ? ReusePolicy.REUSE_POLICY_REFUSE
            : ReusePolicy.REUSE_POLICY_REVOKE_FAMILY,
        settings.wholeNumber("creations-per-minute", 600, 1, 1_000_000),
        settings.wholeNumber("anonymous-tokens", 1_000_000, 1, 100_000_000));
  }
}
