package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSecretsTest {
  private static final String SID = "4VtJUXAabKIew3Wib8scACX1lDZK6Z3d";
  private static final String SIGNATURE = "7Hqy/8Nk8d0rFr4ygSCoEnwg5GD+VMfghQieThqQ2dU";
  private static final String GOLDEN = "s:" + SID + "." + SIGNATURE;

  private final SessionSecrets secrets = new SessionSecrets(List.of("other", "animeloop"));

  @Test
  void sid_isThatOfTheDocumentsCookie() {
    assertThat(secrets.sid(GOLDEN)).contains(SID);
    assertThat(new SessionSecrets(List.of("other")).sid(GOLDEN)).isEmpty();
    assertThat(new SessionSecrets(List.of()).sid(GOLDEN)).isEmpty();
  }

  @Test
  void sid_isRefused_whateverIsChanged() {
    for (int i = 0; i < GOLDEN.length(); i++) {
      String changed =
          GOLDEN.substring(0, i) + (char) (GOLDEN.charAt(i) + 1) + GOLDEN.substring(i + 1);
      assertThat(secrets.sid(changed)).as("character %s", i).isEmpty();
      assertThat(secrets.sid(GOLDEN.substring(0, i))).as("only %s", i).isEmpty();
    }
    assertThat(secrets.sid(GOLDEN + "=")).isEmpty();
  }

  @Test
  void secrets_areNotInItsText() {
    AnimeloopSettings settings = new AnimeloopSettings("a", "b", secrets, Origins.any(), true);
    assertThat(settings.toString()).doesNotContain("other").doesNotContain("animeloop,");
  }
}
