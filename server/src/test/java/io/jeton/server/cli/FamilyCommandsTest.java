package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.ReusePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jeton token refresh} and {@code bind}, and what {@code issue} says for them. */
class FamilyCommandsTest {
  @TempDir Path directory;

  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void issue_ofAPair_printsBothSecrets_oneALine() {
    server.token =
        server.token.toBuilder()
            .setFamilyId("7")
            .setFamilyEndTime(Timestamp.newBuilder().setSeconds(1_700_000_000))
            .build();

    Run.Result result =
        run.jeton(
            "token",
            "issue",
            "--account",
            "5",
            "--refresh-window",
            "30d",
            "--refresh-with",
            "pair");

    assertThat(result.out()).isEqualTo("made-secret\nmade-refresh-secret\n");
    assertThat(result.err())
        .isEqualTo(
            """
            id:                7
            expires:           never
            refreshable until: 2023-11-14T22:13:20Z
            """);
    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getAccountId()).isEqualTo("5");
    assertThat(asked.getRefresh().hasPair()).isTrue();
    assertThat(asked.getRefresh().getWindow().getSeconds()).isEqualTo(30 * 86_400);
  }

  @Test
  void issue_refreshesWithItself_unlessSaidOtherwise() {
    assertThat(run.jeton("token", "issue", "--refresh-window", "1h").out())
        .isEqualTo("made-secret\n");
    assertThat(((IssueTokenRequest) server.seen.get(0)).getRefresh().hasItself()).isTrue();
    run.jeton("token", "issue");
    assertThat(((IssueTokenRequest) server.seen.get(1)).hasRefresh()).isFalse();
    assertThat(run.jeton("token", "issue", "--refresh-with", "both").exit()).isEqualTo(2);
  }

  @Test
  void refresh_readsTheSecret_fromInputEnvironmentOrFile() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), FakeJeton.SECRET + "\n");
    run.in = FakeJeton.SECRET + "\n";
    run.env.put("REFRESH", FakeJeton.SECRET);
    for (String source : new String[] {"-", "env:REFRESH", "file:" + file}) {
      Run.Result result = run.jeton("token", "refresh", source, "--quiet");
      assertThat(result.exit()).isZero();
      assertThat(result.out()).isEqualTo("made-secret\nmade-refresh-secret\n");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void refresh_takesNoSecretAsArgument_andDoesNotRepeatIt() {
    for (String source : new String[] {"s3cret", "env:NOT-SET-s3cret"}) {
      Run.Result result = run.jeton("token", "refresh", source);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).doesNotContain("s3cret");
    }
    assertThat(run.jeton("token", "refresh", "file:" + directory.resolve("none")).exit())
        .isEqualTo(ExitCode.LOCAL_FILE);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void refresh_sendsEveryOption() {
    run.in = "x";
    run.jeton(
        "token",
        "refresh",
        "-",
        "--realm",
        "shop",
        "--expires-in",
        "2h",
        "--grace",
        "5s",
        "--hex=64",
        "--accept-token",
        "--refuse-reused");

    RefreshTokenRequest asked = (RefreshTokenRequest) server.seen.get(0);
    assertThat(asked.getRealm()).isEqualTo("shop");
    assertThat(asked.getLifetime().getSeconds()).isEqualTo(7_200);
    assertThat(asked.getGrace().getSeconds()).isEqualTo(5);
    assertThat(asked.getHex().getLength()).isEqualTo(64);
    assertThat(asked.getAcceptToken()).isTrue();
    assertThat(asked.getReuse()).isEqualTo(ReusePolicy.REUSE_POLICY_REFUSE);
  }

  @Test
  void refresh_thatIsRefused_exitsWithOne_andSaysWhy() throws Exception {
    run.in = "spent";
    Run.Result result = run.jeton("token", "refresh", "-");
    assertThat(result.exit()).isEqualTo(ExitCode.NO);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("not refreshed: spent\n");

    JsonNode json = new ObjectMapper().readTree(run.jeton("token", "refresh", "-", "--json").out());
    assertThat(json.get("refreshed").asBoolean()).isFalse();
    assertThat(json.get("reason").asText()).isEqualTo("spent");
    assertThat(json.get("token").isNull()).isTrue();
  }

  @Test
  void bind_sendsWhichTokenAndToWhom() {
    assertThat(
            run.jeton(
                    "token",
                    "bind",
                    "--id",
                    "7",
                    "--subject",
                    "bob",
                    "--scope",
                    "a,b",
                    "--realm",
                    "shop")
                .out())
        .contains("subject: bob\n");
    BindTokenRequest asked = (BindTokenRequest) server.seen.get(0);
    assertThat(asked.getId()).isEqualTo("7");
    assertThat(asked.getSubject()).isEqualTo("bob");
    assertThat(asked.getScopesList()).containsExactly("a", "b");
    assertThat(asked.getRealm()).isEqualTo("shop");

    run.in = "x\n";
    run.jeton("token", "bind", "--token", "-", "--account", "5");
    asked = (BindTokenRequest) server.seen.get(1);
    assertThat(asked.getToken()).isEqualTo("x");
    assertThat(asked.getAccountId()).isEqualTo("5");
  }

  @Test
  void bind_needsOneTokenAndOneSubject() {
    assertThat(run.jeton("token", "bind").err())
        .startsWith("error: missing required argument")
        .doesNotContain("Error: ", ": error");
    assertThat(run.jeton("token", "bind", "--id", "7").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "bind", "--subject", "s").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "bind", "--id", "7", "--subject", "s", "--account", "5").exit())
        .isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }
}
