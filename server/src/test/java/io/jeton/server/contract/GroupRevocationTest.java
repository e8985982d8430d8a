package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.WholeRealm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of tokens ends through gRPC: each contract obeys at once, and serves who comes again. */
class GroupRevocationTest {
  private static final String CHATOT = "chatot";
  private static final String THINKSNS = "thinksns";
  private static final String ANIMELOOP = "animeloop";
  private static final String LANYING = "lanying";
  private static final String STORE = "store token";
  private static final String LIVEGET = "liveget";

  @TempDir static Path directory;
  private static ContractNode node;
  private static LegacyClients clients;

  @BeforeAll
  static void start() throws Exception {
    node = ContractNode.start(directory, LegacyClients.CONTRACTS, Map.of());
    clients = new LegacyClients(node);
    clients.addModule("demo");
    clients.addModule("other");
    clients.addApplication(LegacyClients.APPLICATION);
    clients.addApplication("another");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** What a user has got of each contract, and somebody's licence code beside it. */
  private record User(
      String name,
      String account,
      String owner,
      String module,
      String application,
      Map<String, String> tokens) {}

  @Test
  void subject_endsWhatIsAboutIt_andNothingElse() throws Exception {
    User user = user("one", "demo", LegacyClients.APPLICATION);
    User other = user("two", "demo", LegacyClients.APPLICATION);

    revoke(request -> request.setSubject(user.account));

    assertThat(ended(user)).containsExactly(ANIMELOOP, CHATOT, LANYING, STORE, THINKSNS);
    assertThat(ended(other)).isEmpty();
    assertServedAgain(user);
    revoke(request -> request.setSubject(user.owner));
    assertThat(clients.verify("codeone", "m1", "demo")).isEqualTo("token_not_found");
    assertCreatedAgain(user);
  }

  @Test
  void application_endsItsLogins_andNothingElse() throws Exception {
    User user = user("three", "demo", LegacyClients.APPLICATION);
    User other = user("four", "demo", "another");

    revoke(request -> request.setAppId("another"));

    assertThat(ended(user)).isEmpty();
    assertThat(ended(other)).containsExactly(LANYING, STORE);
    assertServedAgain(other);
  }

  @Test
  void module_endsItsCodes_andNothingElse() throws Exception {
    User user = user("five", "demo", LegacyClients.APPLICATION);
    User other = user("six", "other", LegacyClients.APPLICATION);
    assertThat(clients.create("part&object=kid", "demo", "777")).isEqualTo("token_info");
    assertThat(clients.verify("kid-part", "m1", "demo")).isEqualTo("token_verified");

    revoke(request -> request.setModule("demo"));

    assertThat(ended(user)).containsExactly(LIVEGET);
    assertThat(ended(other)).isEmpty();
    assertThat(clients.verify("kid-part", "m1", "demo")).isEqualTo("token_not_found");
    assertCreatedAgain(user);
    assertThat(clients.create("part&object=kid", "demo", "777")).isEqualTo("token_info");
    assertThat(clients.verify("kid-part", "m2", "demo")).isEqualTo("token_verified");
  }

  @Test
  void kind_endsItsTokens_andNothingElse() throws Exception {
    User user = user("seven", "demo", LegacyClients.APPLICATION);

    revoke(request -> request.setKind("licence"));
    assertThat(clients.verify("codeseven", "m1", "demo")).isEqualTo("token_not_found");
    assertThat(isActive(user, STORE)).isTrue();
    revoke(request -> request.setKind("file"));
    assertThat(isActive(user, LANYING)).isTrue();

    assertThat(ended(user)).containsExactly(LIVEGET, STORE);
    assertServedAgain(user);
    assertCreatedAgain(user);
  }

  @Test
  void kindOfLogins_endsThoseOfEachContract() throws Exception {
    User user = user("eight", "demo", LegacyClients.APPLICATION);

    revoke(request -> request.setKind("access"));

    assertThat(ended(user)).contains(ANIMELOOP, CHATOT, LANYING, THINKSNS).doesNotContain(LIVEGET);
    assertServedAgain(user);
  }

  @Test
  void realm_endsEverything() throws Exception {
    User user = user("nine", "demo", LegacyClients.APPLICATION);
    User other = user("ten", "other", "another");

    revoke(request -> request.setWholeRealm(WholeRealm.getDefaultInstance()));

    assertThat(node.tokens().listTokens(ListTokensRequest.getDefaultInstance()).getTokensList())
        .isEmpty();
    for (User each : new User[] {user, other}) {
      assertThat(ended(each)).containsExactly(ANIMELOOP, CHATOT, LANYING, LIVEGET, STORE, THINKSNS);
      assertServedAgain(each);
      assertCreatedAgain(each);
    }
  }

  private static User user(String name, String module, String application) throws Exception {
    String account = node.account(name, "password");
    clients.addSession("sid-" + name, account, "{}");
    String lanying = clients.lanyingLogin(application, name);
    String code = "code" + name;
    assertThat(clients.create(code, module, "1" + account)).isEqualTo("token_info");
    assertThat(clients.verify(code, "m1", module)).isEqualTo("token_verified");
    User user =
        new User(
            name,
            account,
            node.tokens().verifyToken(licence(code, module)).getToken().getSubject(),
            module,
            application,
            Map.of(
                CHATOT,
                LegacyClients.field(clients.chatotLogin(name), "value"),
                THINKSNS,
                LegacyClients.field(clients.thinksnsLogin(name), "access_token"),
                ANIMELOOP,
                LegacyClients.field(clients.animeloopNew("sid-" + name), "token"),
                LANYING,
                LegacyClients.field(lanying, "token"),
                STORE,
                LegacyClients.field(lanying, "store_token"),
                LIVEGET,
                code));
    assertThat(user.owner).isNotEmpty().isNotEqualTo(account);
    for (String contract : Set.of(CHATOT, THINKSNS, ANIMELOOP, LANYING, STORE, LIVEGET)) {
      assertThat(isActive(user, contract)).as(contract).isTrue();
    }
    return user;
  }

  /** Whose token is refused by its contract; through gRPC it is then, too. */
  private static Set<String> ended(User user) throws Exception {
    TreeSet<String> ended = new TreeSet<>();
    for (String contract : user.tokens.keySet()) {
      if (!isActive(user, contract)) {
        ended.add(contract);
      }
    }
    String animeloop = user.tokens.get(ANIMELOOP);
    assertThat(clients.chatotQuery(user.tokens.get(CHATOT)) == 401)
        .isEqualTo(ended.contains(CHATOT));
    assertThat(clients.animeloopList("sid-" + user.name).contains(animeloop))
        .isNotEqualTo(ended.contains(ANIMELOOP));
    assertThat(clients.thinksnsRefresh(user.tokens.get(THINKSNS)) == 401)
        .isEqualTo(ended.contains(THINKSNS));
    assertThat(clients.verify(user.tokens.get(LIVEGET), "m1", user.module))
        .isEqualTo(ended.contains(LIVEGET) ? "token_not_found" : "token_verified");
    return ended;
  }

  /** Who lost a login gets another, which lives. */
  private static void assertServedAgain(User user) throws Exception {
    String name = user.name;
    String chatot = LegacyClients.field(clients.chatotLogin(name), "value");
    assertThat(clients.chatotQuery(chatot)).isEqualTo(200);
    String thinksns = LegacyClients.field(clients.thinksnsLogin(name), "access_token");
    assertThat(clients.thinksnsRefresh(thinksns)).isEqualTo(200);
    String animeloop = LegacyClients.field(clients.animeloopNew("sid-" + name), "token");
    assertThat(clients.animeloopList("sid-" + name)).contains(animeloop);
    String lanying = clients.lanyingLogin(user.application, name);
    assertThat(isActive(LegacyClients.field(lanying, "token"))).isTrue();
    assertThat(isActive(LegacyClients.field(lanying, "store_token"))).isTrue();
  }

  /** A code that ended can be created again, and is bound to no machine then. */
  private static void assertCreatedAgain(User user) throws Exception {
    String code = user.tokens.get(LIVEGET);
    assertThat(clients.create(code, user.module, "1" + user.account)).isEqualTo("token_info");
    assertThat(clients.verify(code, "m2", user.module)).isEqualTo("token_verified");
    assertThat(clients.verify(code, "m1", user.module)).isEqualTo("token_machine_error");
  }

  private static boolean isActive(User user, String contract) throws Exception {
    String token = user.tokens.get(contract);
    return contract.equals(LIVEGET)
        ? node.tokens().verifyToken(licence(token, user.module)).getActive()
        : isActive(token);
  }

  private static boolean isActive(String token) throws Exception {
    return node.tokens()
        .verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build())
        .getActive();
  }

  private static VerifyTokenRequest licence(String code, String module) {
    return VerifyTokenRequest.newBuilder()
        .setToken(code)
        .setModuleIdentification("ident-" + module)
        .setIssuer("liveget")
        .setMachine("m1")
        .build();
  }

  private static void revoke(UnaryOperator<RevokeTokensRequest.Builder> of) throws Exception {
    node.tokens().revokeTokens(of.apply(RevokeTokensRequest.newBuilder()).build());
  }
}
