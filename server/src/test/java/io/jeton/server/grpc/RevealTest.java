package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.Permission;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SigningKey;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.UpdateAccountRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are shown again, on a real node. */
class RevealTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "reveal-" + NAMES.incrementAndGet();

  @ParameterizedTest
  @EnumSource(
      value = SigningAlgorithm.class,
      names = {"SIGNING_ALGORITHM_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void jwt_isRevealedAsIssued_afterARename_andAfterARotation(SigningAlgorithm algorithm)
      throws Exception {
    SigningKey key = createKey(algorithm);
    String account =
        node.accounts()
            .createAccount(CreateAccountRequest.newBuilder().setName(name).build())
            .getAccount()
            .getId();
    IssueTokenResponse issued =
        issue(jwt(algorithm, "{\"uid\":7,\"username\":\"" + name + "\"}").setAccountId(account));
    node.accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder()
                .setAccount(AccountRef.newBuilder().setId(account))
                .setName(name + "-renamed")
                .build());
    createKey(algorithm);
    node.keys().retireSigningKey(RetireSigningKeyRequest.newBuilder().setId(key.getId()).build());

    ListTokensResponse list = reveal(account);

    assertThat(list.getTokensList()).containsExactly(issued.getToken());
    assertThat(list.getSecretsList()).containsExactly(issued.getSecret());
    assertThat(row(issued)).doesNotContain(issued.getSecret());
    String signature = issued.getSecret().substring(issued.getSecret().lastIndexOf('.') + 1);
    assertThat(row(issued)).doesNotContain(signature);
  }

  @Test
  void otherFormats_areRevealedAsIssued_andAreNowhereInClear() throws Exception {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject(name).setRevealable(true);
    List<IssueTokenResponse> issued =
        List.of(
            issue(request.clone()),
            issue(request.clone().setHex(HexFormat.getDefaultInstance())),
            issue(supplied(request.clone(), "é".repeat(512))),
            issue(request.clone().setRevealable(false)));

    ListTokensResponse list = reveal(name);

    assertThat(list.getTokensList())
        .containsExactlyElementsOf(issued.stream().map(IssueTokenResponse::getToken).toList());
    assertThat(list.getSecretsList())
        .containsExactly(
            issued.get(0).getSecret(), issued.get(1).getSecret(), issued.get(2).getSecret(), "");
    for (IssueTokenResponse each : issued) {
      assertThat(row(each)).doesNotContain(each.getSecret());
    }
  }

  @Test
  void list_withoutReveal_tellsNoSecret_andOneThatIsRevokedIsGone() {
    IssueTokenResponse issued =
        issue(IssueTokenRequest.newBuilder().setSubject(name).setRevealable(true));

    ListTokensRequest.Builder list = ListTokensRequest.newBuilder().setSubject(name);
    assertThat(node.tokens().listTokens(list.build()).getSecretsCount()).isZero();
    node.tokens()
        .revokeToken(RevokeTokenRequest.newBuilder().setId(issued.getToken().getId()).build());
    assertThat(reveal(name).getTokensCount()).isZero();
  }

  @Test
  void reveal_needsItsPermission_besidesList() {
    String lister = key(Permission.PERMISSION_LIST);
    String revealer = key(Permission.PERMISSION_REVEAL);
    String both = key(Permission.PERMISSION_LIST, Permission.PERMISSION_REVEAL);
    ListTokensRequest request =
        ListTokensRequest.newBuilder().setSubject(name).setReveal(true).build();

    Failure unrevealing = Failure.of(() -> node.tokens(lister).listTokens(request));
    assertThat(unrevealing.kind()).isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    assertThat(unrevealing.metadata()).containsEntry("permission", "REVEAL");
    assertThat(Failure.of(() -> node.tokens(revealer).listTokens(request)).metadata())
        .containsEntry("permission", "LIST");
    assertThat(node.tokens(both).listTokens(request).getTokensCount()).isZero();
    assertThat(
            node.tokens(lister)
                .listTokens(request.toBuilder().setReveal(false).build())
                .getTokensCount())
        .isZero();
  }

  @Test
  void list_ofAnIssuer_isOfItAlone_pageByPage() {
    for (int n = 0; n < 3; n++) {
      issue(IssueTokenRequest.newBuilder().setSubject(name + n).setIssuer(name).setName("" + n));
      issue(IssueTokenRequest.newBuilder().setSubject(name + n).setName("not-" + n));
    }
    ListTokensRequest.Builder request = ListTokensRequest.newBuilder().setIssuer(name);
    ListTokensResponse first = node.tokens().listTokens(request.clone().setPageSize(2).build());
    ListTokensResponse second =
        node.tokens()
            .listTokens(
                request.clone().setPageSize(2).setPageToken(first.getNextPageToken()).build());

    assertThat(first.getTokensList())
        .extracting(token -> token.getName())
        .containsExactly("0", "1");
    assertThat(second.getTokensList()).extracting(token -> token.getName()).containsExactly("2");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(
            Failure.of(
                    () ->
                        node.tokens()
                            .listTokens(
                                ListTokensRequest.newBuilder()
                                    .setPageToken(first.getNextPageToken())
                                    .build()))
                .fields())
        .containsExactly("page_token");
    assertThat(
            node.tokens()
                .listTokens(request.setIssuer("").setSubject(name + "1").build())
                .getTokensList())
        .extracting(token -> token.getName())
        .containsExactly("not-1");
  }

  @Test
  void sealOfAnotherKeyRing_isAnEmptySecret() throws Exception {
    IssueTokenResponse issued =
        issue(IssueTokenRequest.newBuilder().setSubject(name).setRevealable(true));
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE token SET sealed_secret = REVERSE(sealed_secret) WHERE token_id = "
              + issued.getToken().getId());
    }

    assertThat(reveal(name).getSecretsList()).containsExactly("");
  }

  /** The second run finds the token ended: nobody may wait in a queue of locks for that. */
  @Test
  void sixtyFourIssuers_ofTheSameJwt_makeOne_andAreAnsweredSoon() throws Exception {
    createKey(SigningAlgorithm.SIGNING_ALGORITHM_HS256);
    IssueTokenRequest request =
        jwt(SigningAlgorithm.SIGNING_ALGORITHM_HS256, "{\"once\":1}").setSubject(name).build();
    for (int winners : new int[] {1, 0}) {
      long begin = System.nanoTime();
      List<Race.Outcome<IssueTokenResponse>> outcomes =
          Race.run(64, n -> () -> node.tokens().issueToken(request));

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(outcomes.stream().filter(Race.Outcome::isWon)).hasSize(winners);
      assertThat(outcomes.stream().filter(outcome -> !outcome.isWon()))
          .allMatch(outcome -> outcome.thrown().getMessage().startsWith("ALREADY_EXISTS"));
      for (io.jeton.v1.Token token : reveal(name).getTokensList()) {
        node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setId(token.getId()).build());
      }
    }
  }

  private static IssueTokenRequest.Builder supplied(
      IssueTokenRequest.Builder request, String code) {
    return request.setSupplied(SuppliedFormat.newBuilder().setCode(code));
  }

  private IssueTokenRequest.Builder jwt(SigningAlgorithm algorithm, String payload) {
    String alg = algorithm.name().replace("SIGNING_ALGORITHM_", "");
    String header = "{\"typ\":\"JWT\",\"alg\":\"" + alg + "\",\"v\":1.0}";
    return IssueTokenRequest.newBuilder()
        .setRevealable(true)
        .setJwt(
            JwtFormat.newBuilder()
                .setKey(name)
                .setAlgorithm(algorithm)
                .setHeader(ByteString.copyFromUtf8(header))
                .setPayload(ByteString.copyFromUtf8(payload)));
  }

  private SigningKey createKey(SigningAlgorithm algorithm) {
    return node.keys()
        .createSigningKey(
            CreateSigningKeyRequest.newBuilder().setName(name).setAlgorithm(algorithm).build())
        .getKey();
  }

  private static IssueTokenResponse issue(IssueTokenRequest.Builder request) {
    return node.tokens().issueToken(request.build());
  }

  private static ListTokensResponse reveal(String subject) {
    return node.tokens()
        .listTokens(ListTokensRequest.newBuilder().setSubject(subject).setReveal(true).build());
  }

  private String key(Permission... permissions) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name + "-" + NAMES.incrementAndGet())
                .addGrants(
                    Grant.newBuilder().setRealm("default").addAllPermissions(List.of(permissions)))
                .build())
        .getKey();
  }

  /** Every column of the token's row, byte for byte. */
  private static String row(IssueTokenResponse issued) throws Exception {
    StringBuilder row = new StringBuilder();
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM token WHERE token_id = " + issued.getToken().getId())) {
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        byte[] value = rows.getBytes(i);
        row.append(value == null ? "" : new String(value, StandardCharsets.UTF_8)).append('\n');
      }
    }
    return row.toString();
  }
}
