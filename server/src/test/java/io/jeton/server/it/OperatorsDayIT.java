package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The operator's pages followed word for word, by {@code src/test/sh/operators-day}. It needs root,
 * Debian and a network for its packages, so only the profile {@code operator} runs it; with {@code
 * jeton.older}, a distribution of a commit before, upgrades are followed too.
 */
@EnabledIfSystemProperty(named = "jeton.operator", matches = "true")
class OperatorsDayIT {
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @Test
  void everyPage_canBeFollowed() {
    Launch days =
        Launch.of(Repository.root().resolve("server/src/test/sh/operators-day").toString());
    Optional.ofNullable(System.getProperty("jeton.older"))
        .ifPresent(older -> days.then("--older", older));

    Finished finished = days.then(Launch.HOME.toString()).run(LIMIT);

    assertThat(finished.exit()).as("%s%n%s", finished.out(), finished.err()).isZero();
    assertThat(finished.out()).endsWith("every page can be followed\n");
  }
}
