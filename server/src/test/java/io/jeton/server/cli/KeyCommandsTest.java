package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SigningAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandsTest {
  private static final String LONG = "0123456789abcdef0123456789abcdef";

  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_asksForARandomKey_withoutASecret() {
    Run.Result result =
        run.jeton("key", "create", "web", "--algorithm", "es256", "--realm", "shop");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("id:        3\n").contains("algorithm: HS256\n");
    CreateSigningKeyRequest request = (CreateSigningKeyRequest) server.seen.get(0);
    assertThat(request.getName()).isEqualTo("web");
    assertThat(request.getRealm()).isEqualTo("shop");
    assertThat(request.getAlgorithm()).isEqualTo(SigningAlgorithm.SIGNING_ALGORITHM_ES256);
    assertThat(request.getSecret().isEmpty()).isTrue();
  }

  @Test
  void create_readsTheSecret_whereItIs_withoutTheLineEnd() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), LONG + "\r\n");
    run.env.put("SECRET", LONG);
    run.in = LONG + "\n";

    for (String reference : new String[] {"-", "env:SECRET", "file:" + file}) {
      server.seen.clear();
      Run.Result result =
          run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", reference);

      assertThat(result.exit()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(((CreateSigningKeyRequest) server.seen.get(0)).getSecret().toStringUtf8())
          .isEqualTo(LONG);
    }
  }

  @Test
  void create_keepsSpacesAndBytes_asTheyAre() throws Exception {
    byte[] bytes = {' ', (byte) 0xff, 0, '\n', '\n'};
    Path file = Files.write(directory.resolve("secret"), bytes);

    run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "file:" + file);

    assertThat(((CreateSigningKeyRequest) server.seen.get(0)).getSecret().toByteArray())
        .containsExactly(' ', 0xff, 0, '\n');
  }

  @Test
  void create_warnsOfSecretsThatAreKnownOrShort() {
    run.in = "changeme\n";
    Run.Result known = run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "-");
    run.in = LONG.substring(1);
    Run.Result brief = run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "-");

    assertThat(known.exit()).isZero();
    assertThat(known.err())
        .isEqualTo("warning: the secret is a published default: anybody can sign\n");
    assertThat(brief.err())
        .isEqualTo("warning: the secret is shorter than 32 bytes and may be guessed\n");
  }

  @Test
  void create_takesNoSecretAsAnArgument_andRepeatsNone() {
    Run.Result plain =
        run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "s3cr3t");
    Run.Result unset =
        run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "env:NO_SUCH");
    Run.Result absent =
        run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "file:/no/such");
    Run.Result empty = run.jeton("key", "create", "web", "--algorithm", "HS256", "--secret", "-");

    assertThat(plain.exit()).isEqualTo(2);
    assertThat(plain.err())
        .isEqualTo("error: --secret is no reference (expected: -, env:NAME or file:PATH)\n");
    assertThat(unset.exit()).isEqualTo(2);
    assertThat(absent.exit()).isEqualTo(5);
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void create_hasTheKeyWaitBeforeItSigns() {
    run.jeton("key", "create", "web", "--algorithm", "ES256", "--sign-after", "2h");

    assertThat(((CreateSigningKeyRequest) server.seen.get(0)).getSignAfter().getSeconds())
        .isEqualTo(7200);
  }

  @Test
  void create_needsAKnownAlgorithm() {
    assertThat(run.jeton("key", "create", "web").exit()).isEqualTo(2);
    assertThat(run.jeton("key", "create", "web", "--algorithm", "none").err())
        .contains("'none' is not an algorithm (expected: HS256, HS512, ES256 or RS256)");
  }

  @Test
  void list_showsEveryKey() {
    Run.Result result = run.jeton("key", "list", "--realm", "shop");

    assertThat(result.out())
        .isEqualTo(
            """
            ID  NAME  ALGORITHM  CREATED               SIGNS FROM            RETIRED               REVOKED
            3   web   HS256      1970-01-01T00:00:00Z  1970-01-01T00:00:00Z  -                     -
            4   web   HS256      1970-01-01T00:00:00Z  1970-01-01T00:00:00Z  1970-01-01T00:00:01Z  -
            """);
    assertThat(((ListSigningKeysRequest) server.seen.get(0)).getRealm()).isEqualTo("shop");
    assertThat(run.jeton("key", "list", "--json").out())
        .startsWith(
            "{\"id\":\"3\",\"realm\":\"default\",\"name\":\"web\",\"algorithm\":\"HS256\","
                + "\"create_time\":\"1970-01-01T00:00:00Z\",\"retire_time\":null,"
                + "\"revoke_time\":null,\"jwk\":null,\"sign_time\":null}\n");
  }

  @Test
  void retire_saysHowManyTokensEnded() {
    Run.Result result = run.jeton("key", "retire", "3", "--emergency");

    assertThat(result.out()).contains("tokens revoked: 5\n").contains("retired:");
    RetireSigningKeyRequest request = (RetireSigningKeyRequest) server.seen.get(0);
    assertThat(request.getId()).isEqualTo("3");
    assertThat(request.getEmergency()).isTrue();
    assertThat(run.jeton("key", "retire", "3", "--json").out()).contains("\"revoked\":5}");
    assertThat(((RetireSigningKeyRequest) server.seen.get(1)).getEmergency()).isFalse();
  }

  @Test
  void trust_saysWhatIsTaken_orNothing() {
    Run.Result result =
        run.jeton(
            "key",
            "trust",
            "web",
            "--accept-until",
            "2026-12-01T00:00:00Z",
            "--refresh-window",
            "28d",
            "--claim",
            "prv=48e4=",
            "--claim",
            "aud=x",
            "--issuer",
            "thinksns");
    Run.Result none = run.jeton("key", "trust", "web", "--none");

    assertThat(result.out())
        .isEqualTo("web vouches for tokens issued before 2026-12-01T00:00:00Z\n");
    SetForeignTokensRequest request = (SetForeignTokensRequest) server.seen.get(0);
    assertThat(request.getKey()).isEqualTo("web");
    assertThat(request.getForeignTokens().getAcceptUntil().getSeconds()).isEqualTo(1_796_083_200L);
    assertThat(request.getForeignTokens().getRefreshWindow().getSeconds()).isEqualTo(28 * 86_400L);
    assertThat(request.getForeignTokens().getClaimsMap())
        .containsEntry("prv", "48e4=")
        .containsEntry("aud", "x");
    assertThat(request.getForeignTokens().getIssuer()).isEqualTo("thinksns");
    assertThat(none.out()).isEqualTo("web vouches for no foreign token\n");
    assertThat(((SetForeignTokensRequest) server.seen.get(1)).hasForeignTokens()).isFalse();
  }

  @Test
  void trust_needsAnEndOrNone_notBoth() {
    assertThat(run.jeton("key", "trust", "web").exit()).isEqualTo(2);
    assertThat(
            run.jeton("key", "trust", "web", "--none", "--accept-until", "2026-12-01T00:00:00Z")
                .err())
        .contains("give either --accept-until or --none");
    assertThat(server.seen).isEmpty();
  }
}
