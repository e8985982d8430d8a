package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.jeton.client.Grant;
import io.jeton.client.ImportProblem;
import io.jeton.client.ImportResult;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Permission;
import io.jeton.client.records.ImportFile;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRecord;
import io.jeton.v1.AccountRef;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc;
import io.jeton.v1.ImportServiceGrpc.ImportServiceStub;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.UpdateAccountRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImportServiceTest {
  private static final String HASH = "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq";
  private static final AtomicInteger REALMS = new AtomicInteger();

  @RegisterExtension static final NodeExtension NODE = new NodeExtension();

  private final String realm = "import-" + REALMS.incrementAndGet();
  private final JetonClient client = client(NODE.adminKey());

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    client.close();
  }

  private static JetonClient client(String key) {
    return JetonClient.builder().server("http://" + NODE.channel().authority()).key(key).build();
  }

  private ImportFile file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    return ImportFile.of(Files.write(file, List.of(lines)), Map.of());
  }

  private ImportFile file(int lines, IntFunction<String> line) throws IOException {
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int n = 1; n <= lines; n++) {
        out.write(line.apply(n));
        out.write('\n');
      }
    }
    return ImportFile.of(file, Map.of());
  }

  private ImportResult apply(String... lines) throws IOException {
    return client.imports().apply(file(lines), n -> {});
  }

  private ImportResult check(String... lines) throws IOException {
    return client.imports().check(file(lines), n -> {});
  }

  /** {@code {"type":"account","realm":…,} and what is given, with single quotes. */
  private String account(String rest) {
    return "{\"type\":\"account\",\"realm\":\"" + realm + "\"," + rest.replace('\'', '"') + "}";
  }

  private String realmRecord() {
    return "{\"type\":\"realm\",\"realm\":\"" + realm + "\"}";
  }

  private String key(String rest) {
    return "{\"type\":\"signing_key\",\"realm\":\""
        + realm
        + "\",\"contract\":\"web\","
        + rest.replace('\'', '"')
        + "}";
  }

  private String jti(String rest) {
    return "{\"type\":\"revoked_jti\",\"realm\":\""
        + realm
        + "\",\"contract\":\"web\","
        + rest.replace('\'', '"')
        + "}";
  }

  private static AccountServiceBlockingStub accounts() {
    return AccountServiceGrpc.newBlockingStub(NODE.channel()).withInterceptors(bearer());
  }

  private static ImportServiceStub imports() {
    return ImportServiceGrpc.newStub(NODE.channel()).withInterceptors(bearer());
  }

  private static io.grpc.ClientInterceptor bearer() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + NODE.adminKey());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private Account account(AccountRef.Builder ref) {
    return accounts()
        .getAccount(GetAccountRequest.newBuilder().setRealm(realm).setAccount(ref).build())
        .getAccount();
  }

  private List<Account> all() {
    return accounts()
        .listAccounts(ListAccountsRequest.newBuilder().setRealm(realm).build())
        .getAccountsList();
  }

  private boolean matches(String login, String password) {
    return accounts()
        .checkPassword(
            CheckPasswordRequest.newBuilder()
                .setRealm(realm)
                .setAccount(AccountRef.newBuilder().setLogin(login))
                .setPassword(password)
                .build())
        .getMatches();
  }

  private static ImportResult counts(long created, long changed, long unchanged) {
    return new ImportResult(created, changed, unchanged, List.of(), List.of());
  }

  @Test
  void apply_addsEverything_andAgainChangesNothing() throws Exception {
    String[] lines = {
      "{\"type\":\"realm\",\"realm\":\"" + realm + "\",\"time_zone\":\"Asia/Shanghai\"}",
      account(
          "'id':7,'name':'Seven','email':'s@e.org','phone':'139','qq':'10','banned':true,"
              + "'profile':{'a': 1.0},'password':'pw'"),
      account("'email':'next@e.org','disabled':true"),
      key("'alg':'HS256','secret':'" + "k".repeat(32) + "'"),
      jti("'jti':'x','until':'2020-01-01T00:00:00Z'"),
    };

    assertThat(apply(lines)).isEqualTo(counts(5, 0, 0));
    assertThat(apply(lines)).isEqualTo(counts(0, 0, 5));
    assertThat(check(lines)).isEqualTo(counts(0, 0, 5));
    Account seven = account(AccountRef.newBuilder().setId("7"));
    assertThat(seven.getName()).isEqualTo("Seven");
    assertThat(seven.getEmail()).isEqualTo("s@e.org");
    assertThat(seven.getPhone()).isEqualTo("139");
    assertThat(seven.getQq()).isEqualTo("10");
    assertThat(seven.getBanned()).isTrue();
    assertThat(seven.getDisabled()).isFalse();
    assertThat(seven.getProfile()).isEqualTo("{\"a\": 1.0}");
    Account next = account(AccountRef.newBuilder().setEmail("next@e.org"));
    assertThat(next.getId()).isEqualTo("8");
    assertThat(next.getDisabled()).isTrue();
    assertThat(next.getHasPassword()).isFalse();
    assertThat(next.getProfile()).isEqualTo("{}");
  }

  @Test
  void apply_bringsAnAccountToTheFile_andLeavesWhatIsNotGiven() throws Exception {
    apply(realmRecord(), account("'id':1,'name':'A','email':'a@e.org','password':'pw','qq':'1'"));

    assertThat(apply(account("'id':1,'email':'b@e.org','banned':true,'profile':{'x':1}")))
        .isEqualTo(new ImportResult(0, 1, 0, List.of(), List.of()));

    Account account = account(AccountRef.newBuilder().setId("1"));
    assertThat(account.getName()).isEqualTo("A");
    assertThat(account.getEmail()).isEqualTo("b@e.org");
    assertThat(account.getQq()).isEqualTo("1");
    assertThat(account.getBanned()).isTrue();
    assertThat(account.getHasPassword()).isTrue();
    assertThat(account.getProfile()).isEqualTo("{\"x\":1}");
  }

  @Test
  void password_isTheSameOrAnother() throws Exception {
    apply(realmRecord());

    assertThat(apply(account("'name':'A','password':'one'")).created()).isEqualTo(1);
    assertThat(matches("A", "one")).isTrue();
    assertThat(apply(account("'name':'A','password':'one'")).unchanged()).isEqualTo(1);
    assertThat(apply(account("'name':'A','password':'two'")).changed()).isEqualTo(1);
    assertThat(matches("A", "two")).isTrue();
    assertThat(matches("A", "one")).isFalse();
    assertThat(apply(account("'name':'A','password_hash':'" + HASH + "'")).changed()).isEqualTo(1);
    assertThat(matches("A", "rasmuslerdorf")).isTrue();
  }

  /** The hash of account 1. */
  private String hash() throws Exception {
    try (Connection connection = NODE.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT password_hash FROM account JOIN realm USING (realm_id)"
                    + " WHERE realm.name = ? AND account_id = 1")) {
      select.setString(1, realm);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void sameFile_leavesWhatBecameOfAnAccountSince() throws Exception {
    String line = account("'id':1,'name':'A','password_hash':'" + HASH + "'");
    apply(realmRecord(), line);
    assertThat(matches("A", "rasmuslerdorf")).isTrue();
    await().until(() -> hash().startsWith("$argon2id$"));
    assertThat(apply(line).unchanged()).isEqualTo(1);
    assertThat(hash()).startsWith("$argon2id$");

    UpdateAccountRequest.Builder change =
        UpdateAccountRequest.newBuilder().setRealm(realm).setPassword("new").setBanned(true);
    change.getAccountBuilder().setId("1");
    accounts().updateAccount(change.build());

    assertThat(check(line).unchanged()).isEqualTo(1);
    assertThat(apply(line).unchanged()).isEqualTo(1);
    assertThat(account(AccountRef.newBuilder().setId("1")).getBanned()).isTrue();
    assertThat(matches("A", "rasmuslerdorf")).isFalse();
    assertThat(apply(account("'id':1,'banned':false")).changed()).isEqualTo(1);
    assertThat(matches("A", "new")).isTrue();
  }

  @Test
  void check_writesNothing() throws Exception {
    ImportResult result =
        check(
            realmRecord(),
            account("'name':'A','password':'one'"),
            account("'name':'a','qq':'1'"),
            key("'alg':'HS256','secret':'" + "k".repeat(32) + "'"),
            jti("'jti':'x'"));

    assertThat(result.problems()).isEmpty();
    assertThat(result.created()).isEqualTo(4);
    assertThat(result.unchanged()).isEqualTo(1);
    assertThatThrownBy(this::all)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("there is no such realm");
  }

  @Test
  void check_tellsEveryProblem_withoutAValue() throws Exception {
    apply(realmRecord(), account("'id':1,'email':'one@e.org','phone':'139'"));

    ImportResult result =
        check(
            account("'id':2,'email':'ONE@e.org'"),
            account("'id':3,'email':'canary@e.org'"),
            account("'id':4,'email':'Canary@e.org'"),
            account("'id':5,'phone':'139'"),
            account("'qq':'4711'"),
            account("'id':6,'password_hash':'canary'"),
            account("'id':6,'email':'canary'"),
            "{\"type\":\"realm\",\"realm\":\"canary!\"}",
            "{\"type\":\"realm\",\"realm\":\"a\",\"time_zone\":\"canary\"}",
            "{\"type\":\"account\",\"realm\":\"nowhere\",\"id\":1}",
            key("'alg':'HS256','secret':''"),
            account("'name':'x'"),
            account("'id':9,'name':'y'"),
            "{");

    assertThat(result.problems())
        .extracting(ImportProblem::line, ImportProblem::field)
        .containsExactly(
            tuple(1L, "email"),
            tuple(3L, "email"),
            tuple(4L, "phone"),
            tuple(5L, "id"),
            tuple(6L, "password_hash"),
            tuple(7L, "email"),
            tuple(8L, "realm"),
            tuple(9L, "time_zone"),
            tuple(10L, "realm"),
            tuple(11L, "secret"),
            tuple(13L, "id"),
            tuple(14L, ""));
    assertThat(result.toString()).doesNotContainIgnoringCase("canary").doesNotContain("4711");
    assertThat(all()).hasSize(1);
  }

  @Test
  void check_allowsAName_thatItsAccountGivesUpBefore() throws Exception {
    apply(realmRecord(), account("'id':1,'email':'a@e.org'"), account("'id':2,'email':'b@e.org'"));
    String[] lines = {account("'id':1,'email':'c@e.org'"), account("'id':2,'email':'a@e.org'")};

    assertThat(check(lines)).isEqualTo(counts(0, 2, 0));
    assertThat(apply(lines)).isEqualTo(counts(0, 2, 0));
  }

  @Test
  void check_answersTheFirst100Problems() throws Exception {
    ImportFile file = file(300, n -> account("'id':1,'password_hash':'x'"));

    assertThat(client.imports().check(file, n -> {}).problems())
        .hasSize(100)
        .extracting(ImportProblem::line)
        .endsWith(100L);
  }

  @Test
  void apply_endsAtTheFirstProblem_andCanBeResumed() throws Exception {
    String[] lines = {
      realmRecord(),
      account("'id':1,'email':'a@e.org'"),
      account("'id':2,'email':'b@e.org'"),
      account("'id':3,'email':'A@e.org'"),
      account("'id':4,'email':'d@e.org'"),
    };

    ImportResult first = apply(lines);
    assertThat(first.created()).isEqualTo(3);
    assertThat(first.problems())
        .containsExactly(new ImportProblem(4, "email", "must not be another account's"));
    assertThat(all()).extracting(Account::getId).containsExactly("1", "2");

    lines[3] = account("'id':3,'email':'c@e.org'");
    assertThat(apply(lines)).isEqualTo(counts(2, 0, 3));
  }

  @Test
  void weakSecrets_areTakenWithAWarning() throws Exception {
    ImportResult result =
        apply(
            realmRecord(),
            account("'id':1,'qq':'1'"),
            account("'id':2,'name':'x','password_hash':'" + HASH + "'"),
            key("'alg':'HS256','secret':'changeme'"),
            key("'alg':'HS256','secret':'short'"));

    assertThat(result.created()).isEqualTo(5);
    assertThat(result.warnings())
        .extracting(ImportProblem::line, ImportProblem::field)
        .containsExactly(
            tuple(2L, ""), tuple(3L, "password_hash"), tuple(4L, "secret"), tuple(5L, "secret"));
  }

  @Test
  void key_isRefused_withTheSecretOfAnotherAlgorithm() throws Exception {
    apply(realmRecord(), key("'alg':'HS256','secret':'" + "k".repeat(32) + "'"));

    assertThat(apply(key("'alg':'HS512','secret':'" + "k".repeat(32) + "'")).problems())
        .extracting(ImportProblem::field)
        .containsExactly("alg");
  }

  @Test
  void revokedJti_thatIsKeptLonger_isAChange_alsoInACheck() throws Exception {
    String soon = jti("'jti':'x','until':'2030-01-01T00:00:00.123456789Z'");
    String later = jti("'jti':'x','until':'2031-01-01T00:00:00Z'");
    apply(realmRecord(), soon);

    assertThat(check(soon)).isEqualTo(counts(0, 0, 1));
    assertThat(apply(soon)).isEqualTo(counts(0, 0, 1));
    assertThat(check(later)).isEqualTo(counts(0, 1, 0));
    assertThat(apply(later)).isEqualTo(counts(0, 1, 0));
    assertThat(check(soon)).isEqualTo(counts(0, 0, 1));
  }

  @Test
  void permission_isAskedFor_realmByRealm() throws Exception {
    apply(realmRecord());
    String key =
        client
            .callers()
            .create("importer-" + realm, List.of(new Grant(realm, List.of(Permission.ADMIN))))
            .key()
            .reveal();
    ImportFile own = file(account("'id':1,'name':'A'"));
    ImportFile others = file(account("'id':2,'name':'B'"), "{\"type\":\"account\",\"name\":\"x\"}");
    ImportFile realms = file(realmRecord());

    try (JetonClient importer = client(key)) {
      assertThat(importer.imports().apply(own, n -> {}).created()).isEqualTo(1);
      for (ImportFile each : List.of(others, realms)) {
        assertThatThrownBy(() -> importer.imports().check(each, n -> {}))
            .isInstanceOfSatisfying(
                JetonException.class, e -> assertThat(e.reason()).contains("PERMISSION_MISSING"));
      }
    }
  }

  @Test
  void import_needsAKey() throws Exception {
    ImportFile file = file(realmRecord());
    try (JetonClient stranger = client("jt_svc_nobody")) {
      assertThatThrownBy(() -> stranger.imports().check(file, n -> {}))
          .isInstanceOfSatisfying(
              JetonException.class, e -> assertThat(e.reason()).contains("KEY_INVALID"));
    }
  }

  @Test
  void emptyFile_isDoneAtOnce() throws Exception {
    assertThat(apply()).isEqualTo(counts(0, 0, 0));
  }

  @Test
  void recordlessOrHugeRequest_isAProblem() throws Exception {
    CreateAccountRequest huge =
        CreateAccountRequest.newBuilder().setName("x").setProfile("x".repeat(1 << 20)).build();
    Exchange exchange = new Exchange();
    imports().import_(exchange);
    exchange.requests.onNext(ImportRequest.newBuilder().setLine(1).setValidateOnly(true).build());
    exchange.requests.onNext(
        ImportRequest.newBuilder()
            .setLine(2)
            .setAccount(AccountRecord.newBuilder().setAccount(huge))
            .build());
    exchange.requests.onCompleted();

    assertThat(exchange.response.get(30, TimeUnit.SECONDS).getProblemsList())
        .extracting(io.jeton.v1.ImportProblem::getLine)
        .containsExactly(1L, 2L);
  }

  @Test
  void cancelledImport_canBeResumed() throws Exception {
    apply(realmRecord());
    Exchange exchange = new Exchange();
    imports().import_(exchange);
    for (int n = 1; n <= 1_000; n++) {
      exchange.requests.onNext(record(n));
    }
    exchange.requests.cancel("enough", null);
    assertThatThrownBy(() -> exchange.response.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StatusRuntimeException.class);

    ImportFile file = file(1_000, n -> account("'id':" + n + ",'name':'n" + n + "'"));
    ImportResult result = client.imports().apply(file, n -> {});

    assertThat(result.problems()).isEmpty();
    assertThat(result.changed()).isZero();
    assertThat(result.created() + result.unchanged()).isEqualTo(1_000);
  }

  @Test
  void importsAtOnce_addEachAccountOnce() throws Exception {
    apply(realmRecord());
    ImportFile file = file(1_000, n -> account("'name':'n" + n + "','email':'n" + n + "@e.org'"));

    var outcomes = Race.run(3, n -> () -> client.imports().apply(file, count -> {}));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).allMatch(each -> each.value().isGood());
    assertThat(outcomes.stream().mapToLong(each -> each.value().created()).sum()).isEqualTo(1_000);
    assertThat(outcomes.stream().mapToLong(each -> each.value().unchanged()).sum())
        .isEqualTo(2_000);
  }

  @Test
  void manyAccounts_areImported_andAgainUnchanged() throws Exception {
    apply(realmRecord());
    ImportFile file =
        file(
            10_000,
            n ->
                account(
                    "'id':"
                        + n
                        + ",'name':'n"
                        + n
                        + "','email':'n"
                        + n
                        + "@e.org','password_hash':'"
                        + HASH.replace("$07$", "$10$")
                        + "'"));
    List<Long> progress = new ArrayList<>();

    assertThat(client.imports().check(file, n -> {})).isEqualTo(counts(10_000, 0, 0));
    assertThat(client.imports().apply(file, progress::add)).isEqualTo(counts(10_000, 0, 0));
    assertThat(client.imports().apply(file, n -> {})).isEqualTo(counts(0, 0, 10_000));
    assertThat(progress).hasSize(11).isSorted().endsWith(10_000L);
  }

  @Test
  void largeFile_isChecked_asAStream() throws Exception {
    apply(realmRecord());
    String profile = "x".repeat(10_000);
    ImportFile file =
        file(
            5_000,
            n -> account("'id':" + n + ",'name':'n" + n + "','profile':{'a':'" + profile + "'}"));

    assertThat(Files.size(file.path())).isGreaterThan(50_000_000);
    assertThat(client.imports().check(file, n -> {})).isEqualTo(counts(5_000, 0, 0));
  }

  private ImportRequest record(int n) {
    CreateAccountRequest account =
        CreateAccountRequest.newBuilder().setRealm(realm).setId("" + n).setName("n" + n).build();
    return ImportRequest.newBuilder()
        .setLine(n)
        .setAccount(AccountRecord.newBuilder().setAccount(account))
        .build();
  }

  /** A call whose requests are sent by hand. */
  private static final class Exchange
      implements ClientResponseObserver<ImportRequest, ImportResponse> {
    final CompletableFuture<ImportResponse> response = new CompletableFuture<>();
    ClientCallStreamObserver<ImportRequest> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<ImportRequest> stream) {
      requests = stream;
    }

    @Override
    public void onNext(ImportResponse value) {
      response.complete(value);
    }

    @Override
    public void onError(Throwable t) {
      response.completeExceptionally(t);
    }

    @Override
    public void onCompleted() {
      response.completeExceptionally(Status.INTERNAL.asRuntimeException());
    }
  }
}
