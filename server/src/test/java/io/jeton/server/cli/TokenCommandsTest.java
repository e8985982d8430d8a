package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.rpc.Code;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.VerifyTokenRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCommandsTest {
  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void issue_printsTheSecretAlone_andTheRestToStandardError() {
    Run.Result result =
        run.jeton("token", "issue", "--subject", "@alice", "--scope", "a,b", "--scope", "c");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("made-secret\n");
    assertThat(result.err()).isEqualTo("id:      7\nexpires: never\n");
    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getSubject()).isEqualTo("@alice");
    assertThat(asked.getScopesList()).containsExactly("a", "b", "c");
    assertThat(asked.hasName()).isFalse();
    assertThat(asked.hasOpaque()).isTrue();
  }

  @Test
  void issue_sendsEveryOption() {
    run.jeton(
        "token",
        "issue",
        "--realm",
        "shop",
        "--kind",
        "refresh",
        "--app-id",
        "app",
        "--name",
        "n",
        "--expires-in",
        "90m",
        "--hex=64",
        "--request-id",
        "r1",
        "--quiet");

    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getRealm()).isEqualTo("shop");
    assertThat(asked.getKind()).isEqualTo("refresh");
    assertThat(asked.getAppId()).isEqualTo("app");
    assertThat(asked.getName()).isEqualTo("n");
    assertThat(asked.getLifetime().getSeconds()).isEqualTo(5400);
    assertThat(asked.getHex().getLength()).isEqualTo(64);
    assertThat(asked.getRequestId()).isEqualTo("r1");
  }

  @Test
  void issue_withCompanions_printsEachSecretOnItsLine() {
    Run.Result result =
        run.jeton(
            "token",
            "issue",
            "--revealable",
            "--companion",
            "file:file:read,x",
            "--companion",
            "push",
            "--kind",
            "administrator");

    assertThat(result.out()).isEqualTo("made-secret\ncompanion-1\ncompanion-2\n");
    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getRevealable()).isTrue();
    assertThat(asked.getKind()).isEqualTo("administrator");
    assertThat(asked.getCompanions(0).getKind()).isEqualTo("file");
    assertThat(asked.getCompanions(0).getScopesList()).containsExactly("file:read", "x");
    assertThat(asked.getCompanions(1).getScopesList()).isEmpty();
  }

  @Test
  void verify_asAUser_saysWhomItActsAs() {
    Run.Result result =
        run.jeton("token", "verify", FakeJeton.SECRET, "--app-id", "a", "--act-as-user", "42");

    assertThat(result.out()).startsWith("active\n").contains("acts as:").contains("42");
    assertThat(((VerifyTokenRequest) server.seen.get(0)).getActAsUser()).isEqualTo("42");
    assertThat(
            run.jeton(
                    "token",
                    "verify",
                    FakeJeton.SECRET,
                    "--act-as-user",
                    "1",
                    "--act-as-group",
                    "2")
                .exit())
        .isEqualTo(2);
  }

  @Test
  void list_reveals_whenAsked() {
    Run.Result table = run.jeton("token", "list", "--issuer", "shop", "--reveal", "--limit", "2");
    Run.Result json = run.jeton("token", "list", "--reveal", "--json", "--limit", "2");

    assertThat(table.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly("ID SUBJECT NAME SECRET", "1 alice - -", "2 alice - secret-2");
    assertThat(json.out().lines().toList().get(0)).contains("\"secret\":null");
    assertThat(json.out().lines().toList().get(1)).contains("\"secret\":\"secret-2\"");
    ListTokensRequest asked = (ListTokensRequest) server.seen.get(0);
    assertThat(asked.getReveal()).isTrue();
    assertThat(asked.getIssuer()).isEqualTo("shop");
  }

  @Test
  void issue_isQuiet_whenAsked() {
    assertThat(run.jeton("token", "issue", "--quiet").err()).isEmpty();
  }

  @Test
  void issue_hexWithoutALength_is32() {
    run.jeton("token", "issue", "--hex", "--expires-at", "2030-01-01T00:00:00+08:00");

    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getHex().getLength()).isEqualTo(32);
    assertThat(asked.getExpireTime().getSeconds()).isEqualTo(1_893_427_200);
  }

  @Test
  void issue_readsTheCode_fromStandardInput() {
    run.in = "LICENCE 1\r\n";
    run.jeton("token", "issue", "--code", "-");

    assertThat(((IssueTokenRequest) server.seen.get(0)).getSupplied().getCode())
        .isEqualTo("LICENCE 1");
  }

  @Test
  void issue_json_isOneObject_withEveryField() throws Exception {
    Run.Result result = run.jeton("token", "issue", "--json");

    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "realm",
            "kind",
            "subject",
            "scopes",
            "app_id",
            "name",
            "issue_time",
            "expire_time",
            "revoke_time",
            "issuer",
            "account_id",
            "family_id",
            "family_end_time",
            "module",
            "sub_module",
            "machine",
            "last_use_time",
            "imported_id",
            "secret");
    assertThat(json.get("secret").asText()).isEqualTo("made-secret");
    assertThat(json.get("expire_time").isNull()).isTrue();
  }

  @Test
  void verify_active_showsTheToken() {
    Run.Result result = run.jeton("token", "verify", FakeJeton.SECRET, "--scope", "read");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            active
            id:      7
            realm:   default
            kind:    access
            subject: alice
            scopes:  read write
            issued:  2023-11-14T22:13:20Z
            expires: never
            """);
    assertThat(((VerifyTokenRequest) server.seen.get(0)).getRequiredScopesList())
        .containsExactly("read");
  }

  @Test
  void verify_inactive_exitsWithOne_andSaysWhy() {
    run.in = FakeJeton.SECRET + "\n";
    run.jeton("token", "revoke", "-");

    Run.Result result = run.jeton("token", "verify", "-");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("inactive: revoked\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void verify_json_saysWhy() {
    Run.Result result = run.jeton("token", "verify", "x", "--json");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            "{\"active\":false,\"reason\":\"unknown\",\"token\":null,\"served_from\":\"store\",\"effective_subject\":null}\n");
  }

  @Test
  void verify_escapesWhatTheServerSays() {
    server.token = server.token.toBuilder().setSubject("a\u001b[2J\nb\u202e").build();

    String out = run.jeton("token", "verify", FakeJeton.SECRET).out();
    String json = run.jeton("token", "verify", FakeJeton.SECRET, "--json").out();

    assertThat(out).contains("subject: a\\u001b[2J\\u000ab\\u202e\n");
    assertThat(json).contains("\"subject\":\"a\\u001B[2J\\nb\\u202e\"");
  }

  @Test
  void revoke_byId() {
    Run.Result result = run.jeton("token", "revoke", "--id", "7", "--realm", "shop");

    assertThat(result.out()).isEqualTo("token 7 is revoked since 1970-01-01T00:00:01Z\n");
    RevokeTokenRequest asked = (RevokeTokenRequest) server.seen.get(0);
    assertThat(asked.getId()).isEqualTo("7");
    assertThat(asked.getRealm()).isEqualTo("shop");
  }

  @Test
  void revokeAll_asksForTheGroup() {
    Run.Result result = run.jeton("token", "revoke-all", "--subject=", "--realm", "shop");

    assertThat(result.out()).isEqualTo("all such tokens are revoked since 1970-01-01T00:00:01Z\n");
    RevokeTokensRequest asked = (RevokeTokensRequest) server.seen.get(0);
    assertThat(asked.hasSubject()).isTrue();
    assertThat(asked.getSubject()).isEmpty();
    assertThat(asked.getRealm()).isEqualTo("shop");

    run.jeton("token", "revoke-all", "--app", "a");
    run.jeton("token", "revoke-all", "--module", "m");
    run.jeton("token", "revoke-all", "--kind", "k");
    assertThat(server.seen.subList(1, 4))
        .containsExactly(
            RevokeTokensRequest.newBuilder().setAppId("a").build(),
            RevokeTokensRequest.newBuilder().setModule("m").build(),
            RevokeTokensRequest.newBuilder().setKind("k").build());
    assertThat(run.jeton("token", "revoke-all", "--kind", "k", "--json").out())
        .isEqualTo("{\"revoke_time\":\"1970-01-01T00:00:01Z\"}\n");
  }

  @Test
  void revokeAll_ofAWholeRealm_needsAYes() {
    Run.Result unsure = run.jeton("token", "revoke-all", "--whole-realm");
    assertThat(unsure.exit()).isEqualTo(2);
    assertThat(unsure.err()).contains("--whole-realm ends every token of the realm: add --yes");
    assertThat(server.seen).isEmpty();

    assertThat(run.jeton("token", "revoke-all", "--whole-realm", "--yes").exit()).isZero();
    assertThat(((RevokeTokensRequest) server.seen.get(0)).hasWholeRealm()).isTrue();
  }

  @Test
  void revokeAll_wantsExactlyOneGroup() {
    assertThat(run.jeton("token", "revoke-all").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "revoke-all", "--yes").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "revoke-all", "--app", "a", "--kind", "k").exit()).isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void revoke_wantsExactlyOneToken() {
    assertThat(run.jeton("token", "revoke").exit()).isEqualTo(2);
    Run.Result both = run.jeton("token", "revoke", "x", "--id", "7");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.err())
        .isEqualTo("error: give either TOKEN or --id\nsee jeton token revoke --help\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void list_alignsItsColumns() {
    server.listed = 10;

    assertThat(run.jeton("token", "list").out().lines().limit(2).toList())
        .containsExactly(
            "ID  SUBJECT  KIND    SCOPES      APP  ISSUED                EXPIRES  NAME",
            "1   alice    access  read write  -    2023-11-14T22:13:20Z  never    -");
  }

  @Test
  void list_followsPages_upToTheLimit() {
    server.listed = 1000;

    Run.Result result = run.jeton("token", "list", "--limit", "450", "--subject=", "--json");

    assertThat(result.out().lines()).hasSize(450);
    assertThat(server.seen).hasSize(3);
    ListTokensRequest asked = (ListTokensRequest) server.seen.get(0);
    assertThat(asked.hasSubject()).isTrue();
    assertThat(asked.getSubject()).isEmpty();
  }

  @Test
  void identify_showsTheRecord_evenRevoked() {
    run.jeton("token", "revoke", FakeJeton.SECRET);

    Run.Result result = run.jeton("token", "identify", FakeJeton.SECRET);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith("a Jeton token, checksum good\nid:      7\n")
        .endsWith("revoked: 1970-01-01T00:00:01Z\n");
  }

  @Test
  void identify_unknownToken_exitsWithOne() {
    Run.Result result = run.jeton("token", "identify", "some words");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo("10 characters of no known format\nthe server has no such token in the realm\n");
  }

  @Test
  void identify_asksNobody_aboutABrokenTokenOrAKeyOrOffline() {
    Run.Result broken = run.jeton("token", "identify", FakeJeton.SECRET + "x");
    Run.Result key = run.jeton("token", "identify", "jt_svc_x", "--json");
    Run.Result jwt = run.jeton("token", "identify", "eyJh.eyJi.c", "--offline");
    Run.Result hex = run.jeton("token", "identify", "0a".repeat(16), "--offline");

    assertThat(broken.exit()).isEqualTo(1);
    assertThat(jwt.exit()).isZero();
    assertThat(broken.out()).startsWith("damaged: begins like a Jeton token");
    assertThat(key.out())
        .isEqualTo("{\"format\":\"service_key_broken\",\"looked_up\":false,\"token\":null}\n");
    assertThat(jwt.out()).isEqualTo("has the shape of a JWT\n");
    assertThat(hex.out()).isEqualTo("32 hexadecimal characters\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void refusal_isOneLine_withItsReason_andFour() {
    server.refuse(Code.NOT_FOUND, "REALM_NOT_FOUND", "there is no such realm");

    Run.Result result = run.jeton("token", "issue", "--realm", "nowhere");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("error: there is no such realm (REALM_NOT_FOUND)\n");
  }

  @Test
  void databaseDown_isThree() {
    server.refuse(Code.UNAVAILABLE, "STORE_UNAVAILABLE", "the database does not answer");

    Run.Result result = run.jeton("token", "list");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).isEqualTo("error: the database does not answer (STORE_UNAVAILABLE)\n");
  }
}
