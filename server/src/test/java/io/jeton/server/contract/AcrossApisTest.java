package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.AccountRef;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.Token;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tokens of one API at the other: made by a contract, they are verified, listed and revoked through
 * gRPC; and what ends them there is obeyed by the contract at once.
 */
class AcrossApisTest {
  @TempDir static Path directory;
  private static ContractNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            """
            realms: [default, other]
            contracts:
              - {contract: chatot, realm: default, prefixes: [""]}
              - {contract: chatot, name: chatot-2, realm: default, prefixes: [/second]}
              - {contract: thinksns, realm: default, prefixes: [/api/v2, ""], requests-per-minute: 1000000}
              - {contract: thinksns, realm: other, prefixes: [/other], requests-per-minute: 1000000}
            """,
            Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** A way to log in by a contract, to use what it gave, and to refresh it. */
  private enum Contract {
    CHATOT("POST /token", "GET /token", "PUT /token", "value", "refresh", 200),
    THINKSNS(
        "POST /api/v2/auth/login",
        "POST /api/v2/auth/logout",
        "POST /api/v2/auth/refresh",
        "access_token",
        "access_token",
        200),
    THINKSNS_TOKENS(
        "POST /api/v2/tokens",
        "POST /api/v2/auth/logout",
        "POST /api/v2/auth/refresh",
        "token",
        "token",
        201);

    private final String login;
    private final String use;
    private final String refresh;
    private final String token;
    private final String refreshToken;
    private final int created;

    Contract(
        String login, String use, String refresh, String token, String refreshToken, int created) {
      this.login = login;
      this.use = use;
      this.refresh = refresh;
      this.token = token;
      this.refreshToken = refreshToken;
      this.created = created;
    }
  }

  @ParameterizedTest
  @EnumSource
  void token_isVerifiedListedAndRevoked_throughGrpc(Contract contract) throws Exception {
    String account = node.account(contract + "_listed", "password");
    String token = field(login(contract, contract + "_listed"), contract.token);

    VerifyTokenResponse verdict = verify(token);
    assertThat(verdict.getActive()).isTrue();
    assertThat(verdict.getToken().getSubject()).isEqualTo(account);
    assertThat(verdict.getToken().getAccountId()).isEqualTo(account);
    assertThat(verdict.getToken().getIssuer())
        .isEqualTo(contract == Contract.CHATOT ? "chatot" : "thinksns");
    assertThat(listed(account)).extracting(Token::getId).contains(verdict.getToken().getId());

    node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(token).build());
    assertThat(verify(token).getActive()).isFalse();
    assertThat(listed(account)).extracting(Token::getId).doesNotContain(verdict.getToken().getId());
    assertThat(call(contract.use, token).status()).isEqualTo(401);
    assertThat(call(contract.refresh, token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void revocationOfAToken_endsItsRefreshToo(Contract contract) throws Exception {
    node.account(contract + "_revoked", "password");
    String answer = login(contract, contract + "_revoked");

    node.tokens()
        .revokeToken(
            RevokeTokenRequest.newBuilder().setToken(field(answer, contract.token)).build());

    assertThat(call(contract.refresh, field(answer, contract.refreshToken)).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void disabledAccount_isRefusedAtOnce(Contract contract) throws Exception {
    assertEnds(contract, "disabled", update -> update.setDisabled(true));
  }

  @ParameterizedTest
  @EnumSource
  void bannedAccount_isRefusedAtOnce(Contract contract) throws Exception {
    assertEnds(contract, "banned", update -> update.setBanned(true));
  }

  private void assertEnds(
      Contract contract, String name, UnaryOperator<UpdateAccountRequest.Builder> change)
      throws Exception {
    String login = contract + "_" + name;
    String account = node.account(login, "password");
    String answer = login(contract, login);
    assertThat(verify(field(answer, contract.token)).getActive()).isTrue();

    UpdateAccountRequest.Builder update =
        UpdateAccountRequest.newBuilder().setAccount(AccountRef.newBuilder().setId(account));
    node.accounts().updateAccount(change.apply(update).build());

    assertThat(verify(field(answer, contract.token)).getActive()).isFalse();
    assertThat(call(contract.use, field(answer, contract.token)).status()).isEqualTo(401);
    assertThat(call(contract.refresh, field(answer, contract.refreshToken)).status())
        .isEqualTo(401);
    assertThat(listed(account)).isEmpty();

    node.accounts().updateAccount(update.clone().setDisabled(false).setBanned(false).build());
    assertThat(call(contract.use, field(answer, contract.token)).status()).isEqualTo(401);
    assertThat(verify(field(login(contract, login), contract.token)).getActive()).isTrue();
  }

  @Test
  void token_isKnownToItsOwnInstanceAlone() throws Exception {
    node.account("one_of_many", "password");
    String chatot = field(login(Contract.CHATOT, "one_of_many"), "value");
    String refresh = field(login(Contract.CHATOT, "one_of_many"), "refresh");
    String thinksns = field(login(Contract.THINKSNS, "one_of_many"), "access_token");

    assertThat(call("GET /second/token", chatot).status()).isEqualTo(401);
    assertThat(call("PUT /second/token", refresh).status()).isEqualTo(401);
    assertThat(call("PUT /token", refresh).status()).isEqualTo(200);
    assertThat(call("GET /token", thinksns).status()).isEqualTo(401);
    assertThat(call("POST /api/v2/auth/logout", chatot).status()).isEqualTo(401);
    assertThat(call("POST /other/auth/refresh", thinksns).status()).isEqualTo(401);
    assertThat(call("POST /other/auth/logout", thinksns).status()).isEqualTo(401);
    assertThat(call("POST /api/v2/auth/logout", thinksns).status()).isEqualTo(200);
  }

  private static List<Token> listed(String account) throws Exception {
    return node.tokens()
        .listTokens(ListTokensRequest.newBuilder().setSubject(account).setPageSize(1000).build())
        .getTokensList();
  }

  private static VerifyTokenResponse verify(String token) throws Exception {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build());
  }

  private static String login(Contract contract, String login) throws Exception {
    String body = "{\"login\":\"" + login + "\",\"password\":\"password\"}";
    RawHttp.Response response = send(contract.login, "Content-Type: application/json\r\n", body);
    assertThat(response.status()).as(response.text()).isEqualTo(contract.created);
    return response.text();
  }

  private static RawHttp.Response call(String request, String token) throws Exception {
    return send(request, "Authorization: Bearer " + token + "\r\n", "");
  }

  private static RawHttp.Response send(String request, String headers, String body)
      throws Exception {
    String text =
        request
            + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + headers
            + "\r\n"
            + body;
    try (RawHttp http = new RawHttp(node.url())) {
      return http.exchange(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
    }
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(matcher.find()).as("%s in an answer", name).isTrue();
    return matcher.group(1);
  }
}
