package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.Jwts;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.Permission;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RetireSigningKeyResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SigningKey;
import io.jeton.v1.UpdateCallerRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code jeton.v1.KeyService} and the tokens of original servers, on a whole node. */
class KeyServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final SigningAlgorithm HS256 = SigningAlgorithm.SIGNING_ALGORITHM_HS256;
  private static final SigningAlgorithm ES256 = SigningAlgorithm.SIGNING_ALGORITHM_ES256;

  /** Between the realm's beginning and the test's: the clock stands at noon or later. */
  private static final long ISSUED = 1_780_000_000L;

  @ParameterizedTest
  @EnumSource(
      value = SigningAlgorithm.class,
      names = {"SIGNING_ALGORITHM_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void create_makesARandomKey_thatIsListed(SigningAlgorithm algorithm) throws Exception {
    String name = "made-" + algorithm.getNumber();
    SigningKey key = create(name, algorithm, "");

    assertThat(key.getName()).isEqualTo(name);
    assertThat(key.getRealm()).isEqualTo("default");
    assertThat(key.getAlgorithm()).isEqualTo(algorithm);
    assertThat(key.hasCreateTime()).isTrue();
    assertThat(key.hasRetireTime()).isFalse();
    assertThat(list("default")).contains(key);
    assertThat(list("other")).doesNotContain(key);
    boolean isSymmetric = algorithm.getNumber() <= 2;
    assertThat(key.getJwk().isEmpty()).isEqualTo(isSymmetric);
    if (!isSymmetric) {
      assertThat(JWK.parse(key.getJwk()).isPrivate()).isFalse();
      assertThat(published("")).contains(JWK.parse(key.getJwk()));
    }
    assertThat(create(name, algorithm, "").getId()).isNotEqualTo(key.getId());
  }

  @Test
  void create_withASecretThatIsThere_addsNone_andKeepsItsAlgorithm() {
    SigningKey key = create("given", HS256, "changeme");

    assertThat(create("given", HS256, "changeme")).isEqualTo(key);
    Failure failure =
        Failure.of(() -> create("given", SigningAlgorithm.SIGNING_ALGORITHM_HS512, "changeme"));
    assertThat(failure.fields()).containsExactly("algorithm");
    assertThat(Failure.of(() -> create("given", ES256, "changeme")).fields())
        .containsExactly("secret");
  }

  @Test
  void aCall_needsAdmin_butTrustNeedsTheKeyAlone() {
    String signer = caller("keys-signer", Permission.PERMISSION_ISSUE, "mine");

    for (String key : List.of(signer, caller("keys-other", Permission.PERMISSION_LOGIN, "*"))) {
      assertThat(
              Failure.of(
                      () ->
                          node.keys(key)
                              .listSigningKeys(ListSigningKeysRequest.getDefaultInstance()))
                  .kind())
          .isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    }
    assertThat(
            Failure.of(
                    () ->
                        node.keys(signer)
                            .retireSigningKey(
                                RetireSigningKeyRequest.newBuilder().setId("1").build()))
                .metadata())
        .containsEntry("permission", "ADMIN");
    String noIssuer = caller("keys-no-issuer", Permission.PERMISSION_LOGIN, "mine");
    assertThat(
            Failure.of(
                    () ->
                        node.keys(noIssuer).setForeignTokens(trust("default", "mine", "").build()))
                .metadata())
        .containsEntry("permission", "ISSUE");
    node.keys(signer).setForeignTokens(trust("default", "mine", "").build());
    node.keys(signer).setForeignTokens(SetForeignTokensRequest.newBuilder().setKey("mine").build());
    assertThat(
            Failure.of(
                    () -> node.keys(signer).setForeignTokens(trust("default", "its", "").build()))
                .metadata())
        .containsEntry("permission", "SIGN:its");
    assertThat(
            Failure.of(() -> node.keys(signer).setForeignTokens(trust("other", "mine", "").build()))
                .kind())
        .isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
  }

  @Test
  void issue_repeatedByACaller_whoMayNoLongerSign_isRefused() {
    String signer = caller("keys-repeater", Permission.PERMISSION_ISSUE, "repeated");
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder()
            .setSubject("s")
            .setRequestId("jwt-1")
            .setJwt(
                JwtFormat.newBuilder()
                    .setKey("repeated")
                    .setAlgorithm(HS256)
                    .setHeader(ByteString.copyFromUtf8("{\"alg\":\"HS256\"}"))
                    .setPayload(ByteString.copyFromUtf8("{\"jti\":\"repeated\"}")))
            .build();
    IssueTokenResponse first = node.tokens(signer).issueToken(request);
    assertThat(node.tokens(signer).issueToken(request)).isEqualTo(first);
    node.callers()
        .updateCaller(
            UpdateCallerRequest.newBuilder()
                .setName("keys-repeater")
                .addGrants(
                    Grant.newBuilder()
                        .setRealm("default")
                        .addPermissions(Permission.PERMISSION_ISSUE))
                .build());

    assertThat(Failure.of(() -> node.tokens(signer).issueToken(request)).metadata())
        .containsEntry("permission", "SIGN:repeated");
  }

  @Test
  void retire_ofAKeyThatIsNotThere_isRefused() {
    assertThat(
            Failure.of(
                    () ->
                        node.keys()
                            .retireSigningKey(
                                RetireSigningKeyRequest.newBuilder().setId("999999999").build()))
                .kind())
        .isEqualTo("NOT_FOUND SIGNING_KEY_NOT_FOUND");
    SigningKey elsewhere = create("elsewhere", HS256, "");
    assertThat(
            Failure.of(
                    () ->
                        node.keys()
                            .retireSigningKey(
                                RetireSigningKeyRequest.newBuilder()
                                    .setRealm("other")
                                    .setId(elsewhere.getId())
                                    .build()))
                .kind())
        .isEqualTo("NOT_FOUND SIGNING_KEY_NOT_FOUND");
  }

  @Test
  void publicKeys_areOfTheRealm_untilAnEmergency() throws Exception {
    JWK key =
        JWK.parse(
            node.keys()
                .createSigningKey(
                    CreateSigningKeyRequest.newBuilder()
                        .setRealm("third")
                        .setName("published")
                        .setAlgorithm(ES256)
                        .build())
                .getKey()
                .getJwk());
    String id = list("third").get(list("third").size() - 1).getId();

    assertThat(published("?realm=third")).contains(key);
    assertThat(published("")).doesNotContain(key);
    retire("third", id, false);
    assertThat(published("?realm=third")).contains(key);
    retire("third", id, true);
    assertThat(published("?realm=third")).doesNotContain(key);
  }

  @Test
  void publicKeys_ofNoRealm_areNone_asThoseOfARealmWithoutKeys() throws Exception {
    for (String query : List.of("?realm=nowhere", "?realm=other", "?realm=*")) {
      HttpResponse<String> answer = get("GET", query);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"keys\":[]}");
      assertThat(answer.headers().firstValue("cache-control")).contains("public, max-age=300");
      assertThat(answer.headers().firstValue("content-type"))
          .contains("application/json; charset=utf-8");
    }
    assertThat(get("HEAD", "").statusCode()).isEqualTo(200);
    assertThat(get("POST", "").statusCode()).isEqualTo(405);
  }

  @Test
  void theDocumentsTokens_areExpired_in2026() throws Exception {
    account(1);
    create("document", HS256, Jwts.SECRET);
    node.keys().setForeignTokens(trust("default", "document", "thinksns").build());

    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(verify(Jwts.REFRESHED).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    node.keys().setForeignTokens(SetForeignTokensRequest.newBuilder().setKey("document").build());
    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
  }

  @Test
  void aForeignToken_isTakenOver_andCanBeRevoked() throws Exception {
    account(71);
    create("taken", HS256, "taken secret");
    node.keys().setForeignTokens(trust("default", "taken", "legacy").build());
    String used = foreign("taken secret", 71, "j1");
    String unused = foreign("taken secret", 71, "j2");

    VerifyTokenResponse first = verify(used);
    assertThat(first.getActive()).isTrue();
    assertThat(first.getToken().getIssuer()).isEqualTo("legacy");
    assertThat(first.getToken().getAccountId()).isEqualTo("71");
    assertThat(first.getToken().getFamilyId()).isEqualTo(first.getToken().getId());
    assertThat(verify(used).getToken()).isEqualTo(first.getToken());
    for (String token : List.of(used, unused)) {
      assertThat(
              node.tokens()
                  .revokeToken(RevokeTokenRequest.newBuilder().setToken(token).build())
                  .getToken()
                  .hasRevokeTime())
          .isTrue();
      assertThat(verify(token).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    }
    assertThat(
            Failure.of(
                    () ->
                        node.tokens()
                            .getToken(
                                GetTokenRequest.newBuilder()
                                    .setToken(foreign("taken secret", 71, "j3"))
                                    .build()))
                .reason())
        .isEqualTo("TOKEN_NOT_FOUND");
  }

  @Test
  void anEmergency_refusesAllThatTheKeyVouchedFor_atOnce() throws Exception {
    for (int account = 100; account < 120; account++) {
      account(account);
    }
    SigningKey key = create("leaked", HS256, "leaked secret");
    node.keys().setForeignTokens(trust("default", "leaked", "").build());
    List<String> tokens = new ArrayList<>();
    for (int n = 0; n < 1_200; n++) {
      tokens.add(foreign("leaked secret", 100 + n % 20, "j" + n));
    }
    // Few at a time, because each is a transaction now, and then all of them from memory.
    assertThat(reasons(tokens, 20)).containsOnly(InactiveReason.INACTIVE_REASON_UNSPECIFIED);
    assertThat(reasons(tokens, 100)).containsOnly(InactiveReason.INACTIVE_REASON_UNSPECIFIED);

    RetireSigningKeyResponse response = retire("default", key.getId(), true);

    assertThat(response.getRevoked()).isEqualTo(1_200);
    assertThat(response.getKey().hasRevokeTime()).isTrue();
    assertThat(reasons(tokens, 100)).containsOnly(InactiveReason.INACTIVE_REASON_REVOKED);
    assertThat(verify(foreign("leaked secret", 100, "new")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(retire("default", key.getId(), true).getRevoked()).isZero();
  }

  @Test
  void noSecretOfAKey_isInTheDatabase() throws Exception {
    String secret = "a secret that must not be there";
    create("dumped", HS256, secret);
    create("dumped", ES256, "");
    StringBuilder dump = new StringBuilder();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM signing_key")) {
      while (row.next()) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          byte[] value = row.getBytes(i);
          dump.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
        }
      }
    }
    // The search works: the public part is found, the private one is not.
    assertThat(dump).contains("dumped").contains("\"kty\":\"EC\"");
    assertThat(dump).doesNotContain(secret).doesNotContain("\"d\":");
  }

  @Test
  void wrongFields_areNamed_withoutTheirValues() {
    assertThat(Failure.of(() -> create("Upper", HS256, "")).fields()).containsExactly("name");
    assertThat(
            Failure.of(() -> create("a", SigningAlgorithm.SIGNING_ALGORITHM_UNSPECIFIED, ""))
                .fields())
        .containsExactly("algorithm");
    Failure secret = Failure.of(() -> create("a", HS256, "s3cr3t".repeat(200)));
    assertThat(secret.fields()).containsExactly("secret");
    assertThat(secret.message()).doesNotContain("s3cr3t");
    assertThat(
            Failure.of(
                    () ->
                        node.keys()
                            .setForeignTokens(
                                SetForeignTokensRequest.newBuilder()
                                    .setKey("a")
                                    .setForeignTokens(ForeignTokens.getDefaultInstance())
                                    .build()))
                .fields())
        .containsExactly("foreign_tokens.accept_until");
    SetForeignTokensRequest.Builder never = trust("default", "a", "");
    never.getForeignTokensBuilder().getAcceptUntilBuilder().setSeconds(Long.MAX_VALUE);
    assertThat(Failure.of(() -> node.keys().setForeignTokens(never.build())).fields())
        .containsExactly("foreign_tokens.accept_until");
    assertThat(Failure.of(() -> retire("default", "0", false)).fields()).containsExactly("id");
  }

  private static SigningKey create(String name, SigningAlgorithm algorithm, String secret) {
    return node.keys()
        .createSigningKey(
            CreateSigningKeyRequest.newBuilder()
                .setName(name)
                .setAlgorithm(algorithm)
                .setSecret(ByteString.copyFromUtf8(secret))
                .build())
        .getKey();
  }

  private static List<SigningKey> list(String realm) {
    return node.keys()
        .listSigningKeys(ListSigningKeysRequest.newBuilder().setRealm(realm).build())
        .getKeysList();
  }

  private static RetireSigningKeyResponse retire(String realm, String id, boolean emergency) {
    return node.keys()
        .retireSigningKey(
            RetireSigningKeyRequest.newBuilder()
                .setRealm(realm)
                .setId(id)
                .setEmergency(emergency)
                .build());
  }

  private static SetForeignTokensRequest.Builder trust(String realm, String key, String issuer) {
    return SetForeignTokensRequest.newBuilder()
        .setRealm(realm)
        .setKey(key)
        .setForeignTokens(
            ForeignTokens.newBuilder()
                .setAcceptUntil(Timestamp.newBuilder().setSeconds(1_900_000_000))
                .setRefreshWindow(Duration.newBuilder().setSeconds(40_320 * 60))
                .setIssuer(issuer));
  }

  private static String caller(String name, Permission permission, String signKey) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name)
                .addGrants(
                    Grant.newBuilder()
                        .setRealm("default")
                        .addPermissions(permission)
                        .addSignKeys(signKey))
                .build())
        .getKey();
  }

  private static String foreign(String secret, long account, String jti) {
    return Jwts.hs256(
        secret,
        "{\"iss\":\"i\",\"iat\":"
            + (ISSUED + ",\"exp\":" + (ISSUED + 100_000_000L) + ",\"nbf\":" + ISSUED)
            + (",\"jti\":\"" + jti + "\",\"sub\":" + account + "}"));
  }

  private static VerifyTokenResponse verify(String token) {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build());
  }

  private static List<InactiveReason> reasons(List<String> tokens, int atOnce) {
    List<InactiveReason> reasons = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from += atOnce) {
      BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
      tokens.subList(from, from + atOnce).stream()
          .map(token -> VerifyTokenRequest.newBuilder().setToken(token))
          .forEach(batch::addRequests);
      node.tokens()
          .batchVerifyTokens(batch.build())
          .getResponsesList()
          .forEach(response -> reasons.add(response.getReason()));
    }
    return reasons;
  }

  private static List<JWK> published(String query) throws Exception {
    return JWKSet.parse(get("GET", query).body()).getKeys();
  }

  private static HttpResponse<String> get(String method, String query) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.url() + "/.well-known/jwks.json" + query))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void account(long id) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT IGNORE INTO account (realm_id, account_id, profile, create_time, update_time)"
              + " SELECT realm_id, "
              + id
              + ", '{}', 0, 0 FROM realm WHERE name = 'default'");
    }
  }

  private static Connection connect() throws Exception {
    Properties client = new Properties();
    try (InputStream in =
        Files.newInputStream(node.dataDirectory().resolve("database/client.cnf"))) {
      client.load(in);
    }
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + client.getProperty("port") + "/jeton",
        client.getProperty("user"),
        client.getProperty("password"));
  }
}
