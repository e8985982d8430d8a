package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.InactiveReason;
import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import io.jeton.client.SigningAlgorithm;
import io.jeton.client.TokenRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The step from an older distribution to this one, and back, on one data directory. It needs the
 * older one, which {@code src/test/sh/older-distribution} builds, so it is no part of the build.
 */
@EnabledIfSystemProperty(named = "jeton.older", matches = ".+")
class UpgradeIT {
  private static final int TOKENS = 200;

  @TempDir private Path directory;

  private final List<Secret> live = new ArrayList<>();
  private final List<Secret> revoked = new ArrayList<>();

  @Test
  void everythingHolds_afterTheUpgrade_andAfterTheWayBack() {
    Path older = Path.of(System.getProperty("jeton.older"));
    Path data = directory.resolve("data");
    IssueSpec owed = IssueSpec.builder().subject("owed").requestId("owed-1").build();
    Secret answer;
    try (JetonProcess server = start(older, data);
        JetonClient client = server.client()) {
      answer = client.tokens().issue(owed).secret();
      client.keys().create("", "web", SigningAlgorithm.ES256, Optional.empty());
      fill(client);
      requireAllHolds(client);
      server.stop();
    }

    try (JetonProcess server = start(Launch.HOME, data);
        JetonClient client = server.client()) {
      requireAllHolds(client);
      assertThat(client.tokens().issue(owed).secret()).isEqualTo(answer);
      client
          .keys()
          .create("", "web", SigningAlgorithm.ES256, Optional.empty(), Duration.ofHours(1));
      assertThat(client.keys().list("")).hasSize(2);
      fill(client);
      server.stop();
    }

    try (JetonProcess server = start(older, data);
        JetonClient client = server.client()) {
      requireAllHolds(client);
      assertThat(client.tokens().issue(owed).secret()).isEqualTo(answer);
      assertThat(client.keys().list("")).hasSize(2);
      fill(client);
      server.stop();
    }

    try (JetonProcess server = start(Launch.HOME, data);
        JetonClient client = server.client()) {
      requireAllHolds(client);
      server.stop();
    }
  }

  private static JetonProcess start(Path home, Path data) {
    return JetonProcess.start(
        Launch.of(home.resolve("bin/jeton").toString(), "serve", "--port", "0")
            .then("--data-dir", data.toString()),
        data);
  }

  private void fill(JetonClient client) {
    for (int i = 0; i < TOKENS; i++) {
      Secret secret = client.tokens().issue(IssueSpec.builder().subject("s" + i).build()).secret();
      if (i % 4 == 0) {
        client.tokens().revoke(TokenRef.secret(secret));
        revoked.add(secret);
      } else {
        live.add(secret);
      }
    }
  }

  private void requireAllHolds(JetonClient client) {
    assertThat(live).allMatch(secret -> client.tokens().verify(secret).active());
    assertThat(revoked)
        .allMatch(
            secret ->
                client
                    .tokens()
                    .verify(secret)
                    .reason()
                    .filter(InactiveReason.REVOKED::equals)
                    .isPresent());
  }
}
