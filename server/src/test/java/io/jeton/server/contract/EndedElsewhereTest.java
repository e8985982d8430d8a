package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.AccountRef;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.Token;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens of animeloop, liveget and lanying at the other API: they are verified, listed and revoked
 * through gRPC; and what ends them there is obeyed by the contract at once.
 */
class EndedElsewhereTest {
  private static final String EMPTY =
      "{\"status\":\"success\",\"code\":1320001,\"message\":\"get token success.\",\"data\":[]}";
  private static final String REJECTED =
      "{\"code\":10010,\"data\":null,\"message\":\"Operation rejected\"}";

  @TempDir static Path directory;
  private static ContractNode node;
  private static LegacyClients clients;

  @BeforeAll
  static void start() throws Exception {
    String second =
        LegacyClients.CONTRACTS
            .replace("contracts:\n", "")
            .replaceAll("contract: ([a-z]+)", "contract: $1, name: $1-2, prefixes: [/second]");
    node = ContractNode.start(directory, LegacyClients.CONTRACTS + second, Map.of());
    clients = new LegacyClients(node);
    clients.addModule("demo");
    clients.addApplication(LegacyClients.APPLICATION);
    clients.addApplication("another");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void animeloop_token_isVerifiedListedAndRevoked_throughGrpc() throws Exception {
    String account = accountWithSession("listed");
    String token = LegacyClients.field(clients.animeloopNew("listed"), "token");
    VerifyTokenResponse verdict = verify(token);
    assertThat(verdict.getActive()).isTrue();
    assertThat(verdict.getToken().getSubject()).isEqualTo(account);
    assertThat(verdict.getToken().getIssuer()).isEqualTo("animeloop");
    assertThat(listed(account)).containsExactly(verdict.getToken().getId());
    assertThat(clients.animeloopList("listed")).contains(token);
    assertThat(second("/auth/token", "Cookie: " + LegacyClients.cookie("listed"))).isEqualTo(EMPTY);

    node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(token).build());

    assertThat(clients.animeloopList("listed")).isEqualTo(EMPTY);
    assertThat(verify(token).getActive()).isFalse();
    assertThat(listed(account)).isEmpty();
  }

  @Test
  void liveget_code_isVerifiedListedAndRevoked_throughGrpc() throws Exception {
    assertThat(clients.create("T1", "demo", "10001")).isEqualTo("token_info");
    assertThat(verifyLicence("T1", "m1").getActive()).isFalse();
    assertThat(clients.verify("T1", "m1", "demo")).isEqualTo("token_verified");
    VerifyTokenResponse verdict = verifyLicence("T1", "m1");
    assertThat(verdict.getActive()).isTrue();
    assertThat(verdict.getToken().getIssuer()).isEqualTo("liveget");
    assertThat(verifyLicence("T1", "m2").getActive()).isFalse();
    assertThat(listed(verdict.getToken().getSubject())).containsExactly(verdict.getToken().getId());
    assertThat(second(LegacyClients.verifyPath("T1", "m1", "demo"), "X-None: 1"))
        .contains("\"token_not_found\"");

    node.tokens()
        .revokeToken(
            RevokeTokenRequest.newBuilder()
                .setToken("T1")
                .setModuleScope(ModuleScope.newBuilder().setModule("demo").setIssuer("liveget"))
                .build());

    assertThat(clients.verify("T1", "m1", "demo")).isEqualTo("token_not_found");
    assertThat(verifyLicence("T1", "m1").getActive()).isFalse();
    assertThat(listed(verdict.getToken().getSubject())).isEmpty();
    assertThat(clients.create("T1", "demo", "10001")).isEqualTo("token_info");
    assertThat(clients.verify("T1", "m2", "demo")).isEqualTo("token_verified");
  }

  @Test
  void lanying_token_isVerifiedListedAndRevoked_throughGrpc() throws Exception {
    String account = node.account("im", "password");
    String answer = clients.lanyingLogin(LegacyClients.APPLICATION, "im");
    String token = LegacyClients.field(answer, "token");
    String storeToken = LegacyClients.field(answer, "store_token");
    VerifyTokenResponse verdict = verify(token);
    assertThat(verdict.getActive()).isTrue();
    assertThat(verdict.getToken().getSubject()).isEqualTo(account);
    assertThat(verdict.getToken().getIssuer()).isEqualTo("lanying");
    assertThat(verifyAt("another", token).getActive()).isFalse();
    assertThat(verifyAt(LegacyClients.APPLICATION, token).getActive()).isTrue();
    assertThat(listed(account))
        .containsExactlyInAnyOrder(
            verdict.getToken().getId(), verify(storeToken).getToken().getId());

    node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(token).build());

    assertThat(verify(token).getActive()).isFalse();
    assertThat(verify(storeToken).getActive()).isFalse();
    assertThat(listed(account)).isEmpty();
    assertThat(verify(LegacyClients.field(loginWith(token, "im"), "token")).getActive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inactiveAccount_isRefusedAtOnce(boolean isBan) throws Exception {
    String name = isBan ? "banned" : "disabled";
    String account = accountWithSession(name);
    String animeloop = LegacyClients.field(clients.animeloopNew(name), "token");
    String login = clients.lanyingLogin(LegacyClients.APPLICATION, name);

    update(account, each -> isBan ? each.setBanned(true) : each.setDisabled(true));

    assertThat(clients.animeloopList(name)).contains("\"code\":1940102,");
    assertThat(clients.animeloopNew(name)).contains("\"code\":1940102,");
    assertThat(verify(animeloop).getActive()).isFalse();
    assertThat(clients.lanyingLogin(LegacyClients.APPLICATION, name)).isEqualTo(REJECTED);
    assertThat(verify(LegacyClients.field(login, "token")).getActive()).isFalse();
    assertThat(verify(LegacyClients.field(login, "store_token")).getActive()).isFalse();

    update(account, each -> each.setBanned(false).setDisabled(false));
    assertThat(clients.animeloopList(name)).doesNotContain(animeloop);
    assertThat(verify(LegacyClients.field(login, "token")).getActive()).isFalse();
    assertThat(clients.lanyingLogin(LegacyClients.APPLICATION, name)).contains("\"code\":200,");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inactiveOwner_doesNotEndALicenceCode(boolean isBan) throws Exception {
    String code = "owned" + isBan;
    assertThat(clients.create(code, "demo", isBan ? "20001" : "20002")).isEqualTo("token_info");
    assertThat(clients.verify(code, "m1", "demo")).isEqualTo("token_verified");
    String owner = verifyLicence(code, "m1").getToken().getSubject();

    update(owner, each -> isBan ? each.setBanned(true) : each.setDisabled(true));

    assertThat(clients.verify(code, "m1", "demo")).isEqualTo("token_verified");
    assertThat(clients.verify(code, "m2", "demo")).isEqualTo("token_machine_error");
  }

  private static String accountWithSession(String name) throws Exception {
    String account = node.account(name, "password");
    clients.addSession(name, account, "{}");
    return account;
  }

  private static void update(String account, UnaryOperator<UpdateAccountRequest.Builder> change)
      throws Exception {
    UpdateAccountRequest.Builder request =
        UpdateAccountRequest.newBuilder().setAccount(AccountRef.newBuilder().setId(account));
    node.accounts().updateAccount(change.apply(request).build());
  }

  private static List<String> listed(String subject) throws Exception {
    return node
        .tokens()
        .listTokens(ListTokensRequest.newBuilder().setSubject(subject).build())
        .getTokensList()
        .stream()
        .map(Token::getId)
        .toList();
  }

  private static VerifyTokenResponse verify(String token) throws Exception {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build());
  }

  private static VerifyTokenResponse verifyAt(String appId, String token) throws Exception {
    return node.tokens()
        .verifyToken(VerifyTokenRequest.newBuilder().setToken(token).setAppId(appId).build());
  }

  private static VerifyTokenResponse verifyLicence(String code, String machine) throws Exception {
    return node.tokens()
        .verifyToken(
            VerifyTokenRequest.newBuilder()
                .setToken(code)
                .setModuleIdentification("ident-demo")
                .setIssuer("liveget")
                .setMachine(machine)
                .build());
  }

  /** What the other instance of a contract answers. */
  private static String second(String path, String header) throws Exception {
    return clients.send("GET", "/second" + path, header + "\r\n", "").text();
  }

  /** A login with a token of before, as clients send it. */
  private static String loginWith(String token, String name) throws Exception {
    return clients
        .json(
            "/token/login",
            "app_id: " + LegacyClients.APPLICATION + "\r\naccess-token: " + token + "\r\n",
            "{\"login_name\":\"" + name + "\",\"password\":\"password\"}")
        .text();
  }
}
