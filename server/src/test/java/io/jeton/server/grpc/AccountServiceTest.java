package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRef;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import io.jeton.v1.PasswordMismatch;
import io.jeton.v1.Permission;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code jeton.v1.AccountService} on a real node. */
class AccountServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final String BCRYPT =
      "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq";

  @Test
  void create_answersTheAccount_asGetDoes() {
    Account created =
        node.accounts()
            .createAccount(
                CreateAccountRequest.newBuilder()
                    .setName("Create Ａ")
                    .setEmail("Create@Example.org")
                    .setPhone("create-1")
                    .setQq("create-2")
                    .setPassword("S3CRET")
                    .setProfile("{ \"a\" : [1, 2.50] }")
                    .build())
            .getAccount();

    Instant now = node.clock().instant();
    Timestamp time =
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    assertThat(created)
        .isEqualTo(
            Account.newBuilder()
                .setId(created.getId())
                .setRealm("default")
                .setName("Create Ａ")
                .setEmail("Create@Example.org")
                .setPhone("create-1")
                .setQq("create-2")
                .setHasPassword(true)
                .setProfile("{ \"a\" : [1, 2.50] }")
                .setCreateTime(time)
                .setUpdateTime(time)
                .build());
    for (AccountRef ref :
        List.of(
            AccountRef.newBuilder().setId(created.getId()).build(),
            AccountRef.newBuilder().setName("create a").build(),
            AccountRef.newBuilder().setEmail("CREATE@example.org").build(),
            AccountRef.newBuilder().setPhone("create-1").build(),
            AccountRef.newBuilder().setQq("create-2").build(),
            login("create-1"))) {
      assertThat(get(ref)).isEqualTo(created);
    }
  }

  @Test
  void ensure_addsOneANumber_andRefusesWrongOnes() {
    EnsureAccountRequest request = EnsureAccountRequest.newBuilder().setQq("ensure-1").build();

    EnsureAccountResponse added = node.accounts().ensureAccount(request);

    assertThat(added.getCreated()).isTrue();
    assertThat(added.getAccount().getQq()).isEqualTo("ensure-1");
    assertThat(added.getAccount().hasName()).isFalse();
    assertThat(node.accounts().ensureAccount(request))
        .isEqualTo(EnsureAccountResponse.newBuilder().setAccount(added.getAccount()).build());
    for (String wrong : List.of("", "1".repeat(33))) {
      assertThat(
              Failure.of(
                      () -> node.accounts().ensureAccount(request.toBuilder().setQq(wrong).build()))
                  .fields())
          .containsExactly("qq");
    }
  }

  @Test
  void create_withNothing_isAnAccountWithoutNamesAndPassword() {
    Account created =
        node.accounts().createAccount(CreateAccountRequest.getDefaultInstance()).getAccount();

    assertThat(created.hasName() || created.hasEmail() || created.hasPhone() || created.hasQq())
        .isFalse();
    assertThat(created.getHasPassword()).isFalse();
    assertThat(created.getProfile()).isEqualTo("{}");
  }

  @Test
  void create_refusesWhatIsAnothers_byItsField() {
    Account other =
        node.accounts()
            .createAccount(
                CreateAccountRequest.newBuilder()
                    .setName("taken")
                    .setEmail("taken@example.org")
                    .setPhone("taken-1")
                    .setQq("taken-2")
                    .build())
            .getAccount();

    CreateAccountRequest.Builder request = CreateAccountRequest.newBuilder();
    assertTaken("id", request.clone().setId(other.getId()));
    assertTaken("name", request.clone().setName("TAKEN"));
    assertTaken("email", request.clone().setEmail("TAKEN@example.org"));
    assertTaken("phone", request.clone().setPhone("taken-1"));
    assertTaken("qq", request.clone().setQq("taken-2"));
  }

  @Test
  void create_namesTheFieldThatIsWrong_andNotItsValue() {
    CreateAccountRequest.Builder request = CreateAccountRequest.newBuilder();
    for (String id : List.of("0", "01", "x", "9007199254740992", "99999999999999999")) {
      assertInvalid("id", request.clone().setId(id));
    }
    assertInvalid("name", request.clone().setName(""));
    assertInvalid("name", request.clone().setName("x".repeat(256)));
    // One character that becomes eighteen.
    assertInvalid("name", request.clone().setName("ﷺ".repeat(255)));
    assertInvalid("email", request.clone().setEmail("ab"));
    assertInvalid("email", request.clone().setEmail("somebodys-name"));
    assertInvalid("phone", request.clone().setPhone("1".repeat(33)));
    assertInvalid("qq", request.clone().setQq(""));
    assertInvalid("password", request.clone().setPassword(""));
    assertInvalid("password", request.clone().setPassword("S3CRET".repeat(200)));
    for (String hash : List.of("S3CRET", BCRYPT + "S3CRET", BCRYPT.replace("$07$", "$17$"))) {
      assertInvalid("password_hash", request.clone().setPasswordHash(hash));
    }
    for (String profile : List.of("S3CRET", "[]", "{\"a\":}", "{} {}", "{", "1", "{\"S3CRET\"}")) {
      assertInvalid("profile", request.clone().setProfile(profile));
    }
    assertInvalid("profile", request.clone().setProfile("{\"a\":\"" + "x".repeat(16_384) + "\"}"));
  }

  @Test
  void aNameOfTheLongest_isTaken() {
    String name = "😀".repeat(255);
    Account created = create(CreateAccountRequest.newBuilder().setName(name));
    assertThat(get(AccountRef.newBuilder().setName(name).build())).isEqualTo(created);
  }

  @Test
  void aReference_mustNameSomething() {
    for (AccountRef ref : List.of(AccountRef.getDefaultInstance())) {
      Failure failure =
          Failure.of(
              () ->
                  node.accounts()
                      .getAccount(GetAccountRequest.newBuilder().setAccount(ref).build()));
      assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    }
    assertThat(
            Failure.of(() -> node.accounts().getAccount(GetAccountRequest.getDefaultInstance()))
                .kind())
        .isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    for (AccountRef ref :
        List.of(login("nobody-at-all"), AccountRef.newBuilder().setId("nobody").build())) {
      assertThat(Failure.of(() -> get(ref)).kind()).isEqualTo("NOT_FOUND ACCOUNT_NOT_FOUND");
    }
  }

  @Test
  void list_isPaged_andAPageTokenIsOfItsRealm() {
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      ids.add(
          create(CreateAccountRequest.newBuilder().setRealm("third").setDisabled(n == 2)).getId());
    }
    List<String> listed = new ArrayList<>();
    ListAccountsRequest.Builder request =
        ListAccountsRequest.newBuilder().setRealm("third").setPageSize(2);
    String second = "";
    do {
      ListAccountsResponse page = node.accounts().listAccounts(request.build());
      assertThat(page.getAccountsCount()).isLessThanOrEqualTo(2);
      page.getAccountsList().forEach(account -> listed.add(account.getId()));
      request.setPageToken(page.getNextPageToken());
      second = second.isEmpty() ? page.getNextPageToken() : second;
    } while (!request.getPageToken().isEmpty());
    assertThat(listed).containsSubsequence(ids).doesNotHaveDuplicates();

    for (ListAccountsRequest wrong :
        List.of(
            request.clone().setRealm("other").setPageToken(second).build(),
            request.clone().setPageToken("x").build())) {
      assertThat(Failure.of(() -> node.accounts().listAccounts(wrong)).fields())
          .containsExactly("page_token");
    }
  }

  @Test
  void update_changesWhatIsGiven_takesAwayWhatIsEmpty() {
    Account account =
        create(
            CreateAccountRequest.newBuilder()
                .setName("update")
                .setEmail("update@example.org")
                .setPassword("old")
                .setProfile("{\"a\":1}"));
    node.clock().advance(Duration.ofSeconds(1));

    Account updated =
        update(account, change().setEmail("").setPhone("update-1").setProfile("")).getAccount();

    assertThat(updated.getName()).isEqualTo("update");
    assertThat(updated.hasEmail()).isFalse();
    assertThat(updated.getPhone()).isEqualTo("update-1");
    assertThat(updated.getProfile()).isEqualTo("{}");
    assertThat(updated.getUpdateTime()).isNotEqualTo(account.getUpdateTime());
    assertThat(get(id(account))).isEqualTo(updated);
    update(account, change().setPassword("new"));
    assertThat(check(id(account), "old").getMatches()).isFalse();
    assertThat(check(id(account), "new").getMatches()).isTrue();
    assertThat(update(account, change().setPassword("")).getAccount().getHasPassword()).isFalse();
    assertThat(check(id(account), "new").getReason())
        .isEqualTo(PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD);
  }

  @Test
  void update_refusesWhatIsTakenWrongOrUnknown() {
    create(CreateAccountRequest.newBuilder().setName("update-other"));
    Account account = create(CreateAccountRequest.newBuilder());

    Failure taken = Failure.of(() -> update(account, change().setName("UPDATE-other")));
    assertThat(taken.kind()).isEqualTo("ALREADY_EXISTS ACCOUNT_EXISTS");
    assertThat(taken.metadata()).containsEntry("field", "name");
    for (String email : List.of("ab", "@b", "somebodys-name")) {
      assertThat(Failure.of(() -> update(account, change().setEmail(email))).fields())
          .as(email)
          .containsExactly("email");
    }
    assertThat(Failure.of(() -> update(account, change().setProfile("[]"))).fields())
        .containsExactly("profile");
    UpdateAccountRequest unknown = change().setAccount(login("nobody-at-all")).build();
    assertThat(Failure.of(() -> node.accounts().updateAccount(unknown)).kind())
        .isEqualTo("NOT_FOUND ACCOUNT_NOT_FOUND");
  }

  @Test
  void check_answersTheAccount_orTheFirstReason() {
    Account account = create(withPassword("check"));
    Account disabled = create(withPassword("check-disabled").setDisabled(true).setBanned(true));
    Account banned = create(withPassword("check-banned").setBanned(true));
    Account without = create(CreateAccountRequest.newBuilder().setName("check-without"));

    CheckPasswordResponse right = check(login("CHECK"), "S3CRET");
    assertThat(right)
        .isEqualTo(CheckPasswordResponse.newBuilder().setMatches(true).setAccount(account).build());
    assertReason("UNKNOWN_ACCOUNT", login("check-nobody"), "S3CRET");
    assertReason("UNKNOWN_ACCOUNT", AccountRef.newBuilder().setId("x").build(), "S3CRET");
    assertReason("DISABLED", id(disabled), "S3CRET");
    assertReason("DISABLED", id(disabled), "wrong");
    assertReason("WRONG_PASSWORD", id(account), "s3cret");
    assertReason("WRONG_PASSWORD", id(account), "");
    assertReason("WRONG_PASSWORD", id(account), "S3CRET" + "x".repeat(102_000));
    assertReason("WRONG_PASSWORD", id(without), "");
    assertReason("WRONG_PASSWORD", id(banned), "wrong");
    assertReason("BANNED", id(banned), "S3CRET");
  }

  @Test
  void check_needsLogin_everythingElseAdmin() {
    Account account = create(withPassword("permissions"));
    AccountServiceBlockingStub login =
        node.accounts(key("only-login", Permission.PERMISSION_LOGIN));
    AccountServiceBlockingStub others =
        node.accounts(
            key(
                "all-but-login",
                Permission.PERMISSION_VERIFY,
                Permission.PERMISSION_ISSUE,
                Permission.PERMISSION_REVOKE,
                Permission.PERMISSION_LIST));

    assertThat(check(login, id(account), "S3CRET").getMatches()).isTrue();
    assertThat(Failure.of(() -> check(others, id(account), "S3CRET")).metadata())
        .containsEntry("permission", "LOGIN");
    for (AccountServiceBlockingStub stub : List.of(login, others)) {
      assertAdminNeeded(() -> stub.createAccount(CreateAccountRequest.getDefaultInstance()));
      assertAdminNeeded(
          () -> stub.getAccount(GetAccountRequest.newBuilder().setAccount(id(account)).build()));
      assertAdminNeeded(() -> stub.listAccounts(ListAccountsRequest.getDefaultInstance()));
      assertAdminNeeded(() -> stub.updateAccount(change().setAccount(id(account)).build()));
    }
    CheckPasswordRequest elsewhere =
        CheckPasswordRequest.newBuilder().setRealm("other").setAccount(id(account)).build();
    assertThat(Failure.of(() -> login.checkPassword(elsewhere)).reason())
        .isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void anImportedHash_isReplacedAfterItsFirstLogin() throws Exception {
    Account account =
        create(CreateAccountRequest.newBuilder().setName("bcrypt").setPasswordHash(BCRYPT));
    double before = metric("jeton_passwords_hashes_seconds_count");
    assertThat(check(id(account), "rasmuslerdorf").getAccount()).isEqualTo(account);
    // One hash to check it, one to replace it.
    await().until(() -> metric("jeton_passwords_hashes_seconds_count") >= before + 2);
    assertThat(check(id(account), "rasmuslerdorf").getMatches()).isTrue();
    assertThat(check(id(account), "rasmuslerdorf2").getMatches()).isFalse();
    assertThat(get(id(account))).isEqualTo(account);
  }

  @Test
  void anAccount_isThrottledAtExactlyTheLimit_andFreeWhenTheWindowIsOver() {
    Account account = create(withPassword("throttled"));
    for (int n = 0; n < 20; n++) {
      assertThat(check(id(account), "wrong").getMatches()).isFalse();
      // A success neither counts nor forgives.
      if (n < 19) {
        assertThat(check(id(account), "S3CRET").getMatches()).isTrue();
      }
    }
    Failure failure = Failure.of(() -> check(login("THROTTLED"), "S3CRET"));
    assertThat(failure.kind()).isEqualTo("RESOURCE_EXHAUSTED LOGINS_THROTTLED");
    assertThat(failure.metadata()).containsEntry("retry_after_seconds", "300");

    node.clock().advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(Failure.of(() -> check(id(account), "S3CRET")).metadata())
        .containsEntry("retry_after_seconds", "1");
    node.clock().advance(Duration.ofMillis(1));
    assertThat(check(id(account), "S3CRET").getMatches()).isTrue();
  }

  @Test
  void anUnknownLogin_isThrottledLikeAnAccount() {
    for (int n = 0; n < 20; n++) {
      assertReason("UNKNOWN_ACCOUNT", login("Nobody Throttled"), "x");
    }
    assertThat(Failure.of(() -> check(login("nobody throttled"), "x")).reason())
        .isEqualTo("LOGINS_THROTTLED");
  }

  @Test
  void anAddress_isThrottledAtExactlyTheLimit_whomeverItTries() {
    AccountServiceBlockingStub client = from("203.0.113.7");
    for (int n = 0; n < 100; n++) {
      assertThat(check(client, login("address-" + n), "x").getMatches()).isFalse();
    }
    assertThat(Failure.of(() -> check(client, login("address-x"), "x")).kind())
        .isEqualTo("RESOURCE_EXHAUSTED LOGINS_THROTTLED");
    assertThat(
            Failure.of(() -> check(from("::ffff:203.0.113.7"), login("address-x"), "x")).reason())
        .isEqualTo("LOGINS_THROTTLED");
    // Others, and what says no address or none that is one, go on.
    for (AccountServiceBlockingStub other :
        List.of(from("203.0.113.8"), from("203.0.113.7.example.org"), from(""), node.accounts())) {
      assertThat(check(other, login("address-x"), "x").getMatches()).isFalse();
    }
  }

  @Test
  void parallelAttempts_cannotSlipPastTheLimit() throws Exception {
    Account account = create(withPassword("parallel"));
    var outcomes =
        Race.run(
            32,
            n ->
                () -> {
                  int checked = 0;
                  for (int i = 0; i < 4; i++) {
                    try {
                      assertThat(check(id(account), "wrong").getMatches()).isFalse();
                      checked++;
                    } catch (StatusRuntimeException e) {
                      assertThat(
                              Failure.of(
                                      () -> {
                                        throw e;
                                      })
                                  .reason())
                          .isEqualTo("LOGINS_THROTTLED");
                    }
                  }
                  return checked;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    int checked = outcomes.stream().mapToInt(Race.Outcome::value).sum();
    assertThat(checked).isLessThanOrEqualTo(20).isPositive();
  }

  @Test
  void logins_areCountedByOutcome() throws Exception {
    double before = metric("jeton_logins_total{outcome=\"unknown_account\"}");
    check(login("counted"), "x");
    assertThat(metric("jeton_logins_total{outcome=\"unknown_account\"}")).isEqualTo(before + 1);
    metric("jeton_logins_total{outcome=\"throttled\"}");
    metric("jeton_passwords_running");
    metric("jeton_passwords_waiting");
  }

  private static Account create(CreateAccountRequest.Builder request) {
    return node.accounts().createAccount(request.build()).getAccount();
  }

  private static CreateAccountRequest.Builder withPassword(String name) {
    return CreateAccountRequest.newBuilder().setName(name).setPassword("S3CRET");
  }

  private static Account get(AccountRef ref) {
    return node.accounts()
        .getAccount(GetAccountRequest.newBuilder().setAccount(ref).build())
        .getAccount();
  }

  private static UpdateAccountRequest.Builder change() {
    return UpdateAccountRequest.newBuilder();
  }

  private static UpdateAccountResponse update(
      Account account, UpdateAccountRequest.Builder change) {
    return node.accounts().updateAccount(change.setAccount(id(account)).build());
  }

  private static CheckPasswordResponse check(AccountRef ref, String password) {
    return check(node.accounts(), ref, password);
  }

  private static CheckPasswordResponse check(
      AccountServiceBlockingStub stub, AccountRef ref, String password) {
    return stub.checkPassword(
        CheckPasswordRequest.newBuilder().setAccount(ref).setPassword(password).build());
  }

  private static AccountRef login(String login) {
    return AccountRef.newBuilder().setLogin(login).build();
  }

  private static AccountRef id(Account account) {
    return AccountRef.newBuilder().setId(account.getId()).build();
  }

  private static String key(String name, Permission... permissions) {
    CreateCallerRequest.Builder request = CreateCallerRequest.newBuilder().setName(name);
    request.addGrantsBuilder().setRealm("default").addAllPermissions(List.of(permissions));
    return node.callers().createCaller(request.build()).getKey();
  }

  /** A stub that says the address of its own client. */
  private static AccountServiceBlockingStub from(String address) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("x-jeton-client-address", Metadata.ASCII_STRING_MARSHALLER), address);
    return node.accounts().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void assertReason(String reason, AccountRef ref, String password) {
    assertThat(check(ref, password))
        .isEqualTo(
            CheckPasswordResponse.newBuilder()
                .setReason(PasswordMismatch.valueOf("PASSWORD_MISMATCH_" + reason))
                .build());
  }

  private static void assertTaken(String field, CreateAccountRequest.Builder request) {
    Failure failure = Failure.of(() -> node.accounts().createAccount(request.build()));
    assertThat(failure.kind()).isEqualTo("ALREADY_EXISTS ACCOUNT_EXISTS");
    assertThat(failure.metadata()).containsEntry("field", field);
    assertThat(failure.message()).doesNotContain("TAKEN", "taken-");
  }

  private static void assertInvalid(String field, CreateAccountRequest.Builder request) {
    Failure failure = Failure.of(() -> node.accounts().createAccount(request.build()));
    assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(failure.fields()).containsExactly(field);
    assertThat(failure.message()).doesNotContain("S3CRET");
  }

  private static void assertAdminNeeded(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.kind()).isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    assertThat(failure.metadata()).containsEntry("permission", "ADMIN");
  }

  private static double metric(String name) throws Exception {
    String all =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return all.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
