package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSessionResponse;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetSessionResponse;
import io.jeton.v1.Grant;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.Permission;
import io.jeton.v1.Session;
import io.jeton.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.UpdateSessionRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code jeton.v1.SessionService} on a real node. */
class SessionServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final Duration HOUR = Duration.ofHours(1);

  /** More than writes take that are at most a second late. */
  private static final Duration LATE = Duration.ofSeconds(20);

  @Test
  void create_answersTheSessionAndARandomSid_asGetDoes_withItsAccount() {
    String account = account(false, false);

    CreateSessionResponse created =
        create(create("", HOUR).setAccountId(account).setData("{ \"cart\" : [1, 2.50] }"));

    assertThat(created.getSid()).matches("[A-Za-z0-9_-]{32}");
    Instant now = node.clock().instant();
    assertThat(created.getSession())
        .isEqualTo(
            Session.newBuilder()
                .setId(created.getSession().getId())
                .setRealm("default")
                .setAccountId(account)
                .setData("{ \"cart\" : [1, 2.50] }")
                .setCreateTime(timestamp(now))
                .setExpireTime(timestamp(now.plus(HOUR)))
                .build());
    GetSessionResponse found = get(created.getSid());
    assertThat(found.getSession()).isEqualTo(created.getSession());
    assertThat(found.getAccount().getId()).isEqualTo(account);
    assertThat(create(create("", HOUR)).getSid()).isNotEqualTo(created.getSid());
  }

  @Test
  void create_withoutAccountAndData_isNobodysAndHasNone() {
    GetSessionResponse found = get(create(create("", HOUR)).getSid());

    assertThat(found.getSession().getAccountId()).isEmpty();
    assertThat(found.getSession().getData()).isEqualTo("{}");
    assertThat(found.hasAccount()).isFalse();
  }

  @Test
  void create_refusesALiveSid_andTakesOneThatHasExpired_atExactExpiry() {
    String sid = fresh();
    create(create(sid, Duration.ofSeconds(10)));

    assertFails("ALREADY_EXISTS SESSION_EXISTS", () -> create(create(sid, HOUR)));
    node.clock().advance(Duration.ofSeconds(10).minusNanos(1000));
    assertFails("ALREADY_EXISTS SESSION_EXISTS", () -> create(create(sid, HOUR)));
    node.clock().advance(Duration.ofNanos(1000));
    create(create(sid, HOUR));
    create(create(sid, HOUR).setRealm("other"));
  }

  @Test
  void create_refusesAccountsThatAreNotThere_orNotActive() {
    for (String nobody : List.of("9007199254740", "9999999999999999")) {
      assertFails(
          "NOT_FOUND ACCOUNT_NOT_FOUND", () -> create(create("", HOUR).setAccountId(nobody)));
    }
    for (String inactive : List.of(account(true, false), account(false, true))) {
      assertFails(
          "FAILED_PRECONDITION ACCOUNT_INACTIVE",
          () -> create(create("", HOUR).setAccountId(inactive)));
    }
  }

  @Test
  void wrongFields_areNamed_andTheirValuesNot() {
    String sid = create(create("", HOUR)).getSid();
    assertInvalid("sid", () -> create(create("x".repeat(256), HOUR)));
    assertInvalid("sid", () -> create(create("x\0", HOUR)));
    assertInvalid("account_id", () -> create(create("", HOUR).setAccountId("canary")));
    for (String data : List.of("canary", "[]", "1", "{} {}", "{\"canary\":", "\"canary\"")) {
      assertInvalid("data", () -> create(create("", HOUR).setData(data)));
      assertInvalid("data", () -> update(updating(sid).setData(data)));
    }
    assertInvalid("lifetime", () -> create(create("", Duration.ZERO)));
    assertInvalid("lifetime", () -> create(create("", Duration.ofDays(36_526))));
    assertInvalid("expiry", () -> create(CreateSessionRequest.newBuilder()));
    Timestamp now = timestamp(node.clock().instant());
    assertInvalid(
        "expire_time", () -> create(CreateSessionRequest.newBuilder().setExpireTime(now)));
    assertInvalid("expire_time", () -> update(updating(sid).setExpireTime(now)));
    assertInvalid("sid", () -> get(""));
    assertInvalid("lifetime", () -> touch(sid, Duration.ofMillis(999)));
    assertInvalid("by", () -> destroy(DestroySessionRequest.newBuilder()));
    assertInvalid("page_token", () -> list("7", "canary"));
  }

  @Test
  void data_ofExactly64KiB_isKept_andOneByteMoreIsRefused() {
    String largest = "{\"k\":\"" + "é".repeat(32_764) + "\"}";
    assertThat(largest.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSize(64 << 10);

    String sid = create(create("", HOUR).setData(largest)).getSid();

    assertThat(get(sid).getSession().getData()).isEqualTo(largest);
    assertInvalid("data", () -> create(create("", HOUR).setData(largest + " ")));
  }

  @Test
  void expiredSession_isNotThere_fromExactExpiryOn() {
    String account = account(false, false);
    CreateSessionResponse created =
        create(create("", Duration.ofSeconds(10)).setAccountId(account));
    String sid = created.getSid();
    node.clock().advance(Duration.ofSeconds(10).minusNanos(1000));
    assertThat(get(sid).getSession()).isEqualTo(created.getSession());
    assertThat(list(account, "").getSessionsCount()).isEqualTo(1);

    node.clock().advance(Duration.ofNanos(1000));

    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(sid));
    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> touch(sid, HOUR));
    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> update(updating(sid).setData("{}")));
    assertThat(destroy(DestroySessionRequest.newBuilder().setSid(sid))).isFalse();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId(created.getSession().getId())))
        .isFalse();
    assertThat(list(account, "").getSessionsCount()).isZero();
  }

  /** Its new end is with another node, say, which is about to write it. */
  @Test
  void destroy_ofASessionThatSeemsToHaveExpired_letsNoLaterEndBringItBack() throws Exception {
    CreateSessionResponse bySid = create(create("", Duration.ofSeconds(10)));
    CreateSessionResponse byId = create(create("", Duration.ofSeconds(10)));
    node.clock().advance(Duration.ofSeconds(10));

    assertThat(destroy(DestroySessionRequest.newBuilder().setSid(bySid.getSid()))).isFalse();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId(id(byId)))).isFalse();

    String present = "SELECT COUNT(*) FROM session WHERE session_id = ?";
    assertThat(count(present, id(bySid))).isZero();
    assertThat(count(present, id(byId))).isZero();
  }

  @Test
  void session_isOfItsRealmAlone() {
    String sid = create(create("", HOUR)).getSid();

    assertFails(
        "NOT_FOUND SESSION_NOT_FOUND",
        () ->
            node.sessions()
                .getSession(GetSessionRequest.newBuilder().setRealm("other").setSid(sid).build()));
    assertFails(
        "NOT_FOUND REALM_NOT_FOUND",
        () ->
            node.sessions()
                .getSession(GetSessionRequest.newBuilder().setRealm("none").setSid(sid).build()));
  }

  @Test
  void touch_letsItLast_neverShorter_andIsSeenAtOnce() {
    String sid = create(create("", HOUR)).getSid();
    Instant created = node.clock().instant();
    assertThat(end(touch(sid, Duration.ofSeconds(1)))).isEqualTo(created.plus(HOUR));

    node.clock().advance(Duration.ofMinutes(30));
    Instant later = created.plus(Duration.ofMinutes(90));
    assertThat(end(touch(sid, HOUR))).isEqualTo(later);

    assertThat(instant(get(sid).getSession().getExpireTime())).isEqualTo(later);
    node.clock().advance(Duration.ofMinutes(59));
    assertThat(instant(get(sid).getSession().getExpireTime())).isEqualTo(later);
    node.clock().advance(Duration.ofMinutes(1));
    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(sid));
  }

  @Test
  void touch_writesAtMostOnceAMinute_withoutAuditOrRevision() throws Exception {
    CreateSessionResponse created = create(create("", HOUR));
    String sid = created.getSid();
    Instant end = node.clock().instant().plus(HOUR);
    String id = created.getSession().getId();
    long records = count("SELECT COUNT(*) FROM audit WHERE target = ?", id);

    for (int n = 1; n < 60; n++) {
      node.clock().advance(Duration.ofSeconds(1));
      assertThat(end(touch(sid, HOUR))).isEqualTo(end);
    }
    node.clock().advance(Duration.ofSeconds(1));
    for (int n = 0; n < 60; n++) {
      assertThat(end(touch(sid, HOUR))).isEqualTo(end.plusSeconds(60));
      node.clock().advance(Duration.ofSeconds(1));
    }

    await().atMost(LATE).until(() -> stored(id).equals(end.plusSeconds(60)));
    assertThat(count("SELECT COUNT(*) FROM audit WHERE target = ?", id)).isEqualTo(records);
  }

  @Test
  void touch_ofAShortSession_keepsItAliveToo() {
    String sid = create(create("", Duration.ofSeconds(20))).getSid();

    for (int n = 0; n < 10; n++) {
      node.clock().advance(Duration.ofSeconds(10));
      touch(sid, Duration.ofSeconds(20));
    }
    node.clock().advance(Duration.ofSeconds(20));

    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(sid));
  }

  @Test
  void touches_atOnce_allSeeTheLaterEnd() throws Exception {
    String sid = create(create("", HOUR)).getSid();
    node.clock().advance(Duration.ofMinutes(10));
    Instant end = node.clock().instant().plus(HOUR);

    var outcomes = Race.run(8, n -> () -> end(touch(sid, HOUR)));

    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly(end);
    assertThat(instant(get(sid).getSession().getExpireTime())).isEqualTo(end);
  }

  @Test
  void touch_ofActiveOnes_leavesTheOthers_andSaysWhy() {
    String account = account(false, false);
    String sid = create(create("", HOUR).setAccountId(account)).getSid();
    Instant end = node.clock().instant().plus(HOUR);
    node.clock().advance(Duration.ofMinutes(10));
    node.accounts()
        .updateAccount(
            io.jeton.v1.UpdateAccountRequest.newBuilder()
                .setAccount(io.jeton.v1.AccountRef.newBuilder().setId(account))
                .setBanned(true)
                .build());

    TouchSessionResponse left =
        node.sessions().touchSession(touching(sid, HOUR).setActiveOnly(true).build());

    assertThat(left.getAccount().getBanned()).isTrue();
    assertThat(instant(left.getSession().getExpireTime())).isEqualTo(end);
    assertThat(get(sid).getAccount().getBanned()).isTrue();
    assertThat(end(touch(sid, HOUR))).isEqualTo(end.plus(Duration.ofMinutes(10)));
    String nobodys = create(create("", HOUR)).getSid();
    node.clock().advance(Duration.ofMinutes(10));
    assertThat(
            end(node.sessions().touchSession(touching(nobodys, HOUR).setActiveOnly(true).build())))
        .isEqualTo(node.clock().instant().plus(Duration.ofMinutes(50)));
  }

  @Test
  void slide_bringsNoDestroyedSessionBack() throws Exception {
    CreateSessionResponse created = create(create("", HOUR));
    node.clock().advance(Duration.ofMinutes(10));
    touch(created.getSid(), HOUR);
    assertThat(destroy(DestroySessionRequest.newBuilder().setSid(created.getSid()))).isTrue();
    // Written after it, and so written by when this one is.
    CreateSessionResponse next = create(create(created.getSid(), HOUR));
    node.clock().advance(Duration.ofMinutes(10));
    Instant end = end(touch(next.getSid(), HOUR));
    await().atMost(LATE).until(() -> stored(next.getSession().getId()).equals(end));

    assertThat(count("SELECT COUNT(*) FROM session WHERE session_id = ?", id(created))).isZero();
  }

  @Test
  void update_setsTheEnd_alsoToAnEarlierOne_whateverWasTouchedBefore() throws Exception {
    CreateSessionResponse created = create(create("", HOUR));
    String sid = created.getSid();
    node.clock().advance(Duration.ofMinutes(10));
    touch(sid, HOUR);
    Instant end = node.clock().instant().plusSeconds(30);

    Session updated =
        update(updating(sid).setLifetime(duration(Duration.ofSeconds(30)))).getSession();

    assertThat(instant(updated.getExpireTime())).isEqualTo(end);
    // What is touched after it is written after what was touched before it.
    CreateSessionResponse other = create(create("", HOUR));
    node.clock().advance(Duration.ofMinutes(2));
    Instant otherEnd = end(touch(other.getSid(), HOUR));
    await().atMost(LATE).until(() -> stored(id(other)).equals(otherEnd));
    assertThat(stored(id(created))).isEqualTo(end);
    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(sid));
  }

  @Test
  void update_changesWhatItIsGiven_andLeavesTheRest() {
    String account = account(false, false);
    CreateSessionResponse created = create(create("", HOUR).setData("{\"a\":1}"));
    String sid = created.getSid();

    Session named = update(updating(sid).setAccountId(account)).getSession();
    assertThat(named).isEqualTo(created.getSession().toBuilder().setAccountId(account).build());
    assertThat(update(updating(sid).setData("{\"b\":2}")).getSession())
        .isEqualTo(named.toBuilder().setData("{\"b\":2}").build());
    assertThat(update(updating(sid).setAccountId("").setData("")).getSession())
        .isEqualTo(created.getSession().toBuilder().setData("{}").build());
    assertThat(get(sid).getSession().getData()).isEqualTo("{}");
    assertFails(
        "FAILED_PRECONDITION ACCOUNT_INACTIVE",
        () -> update(updating(sid).setAccountId(account(true, false))));
  }

  @Test
  void destroy_bySidOrId_endsItOnce() {
    CreateSessionResponse first = create(create("", HOUR));
    CreateSessionResponse second = create(create("", HOUR));

    assertThat(destroy(DestroySessionRequest.newBuilder().setSid(first.getSid()))).isTrue();
    assertThat(destroy(DestroySessionRequest.newBuilder().setSid(first.getSid()))).isFalse();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId(id(second)).setRealm("other")))
        .isFalse();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId(id(second)))).isTrue();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId(id(second)))).isFalse();
    assertThat(destroy(DestroySessionRequest.newBuilder().setId("9".repeat(19)))).isFalse();

    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(first.getSid()));
    assertFails("NOT_FOUND SESSION_NOT_FOUND", () -> get(second.getSid()));
  }

  @Test
  void list_givesTheSessionsOfAnAccount_pageByPage_withoutTheirData() {
    String account = account(false, false);
    List<Session> created = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      created.add(create(create("", HOUR).setAccountId(account).setData("{\"a\":1}")).getSession());
    }

    List<Session> listed = new ArrayList<>();
    String pageToken = "";
    do {
      ListSessionsResponse page = list(account, pageToken);
      assertThat(page.getSessionsCount()).isLessThanOrEqualTo(2);
      listed.addAll(page.getSessionsList());
      pageToken = page.getNextPageToken();
    } while (!pageToken.isEmpty());

    assertThat(listed)
        .isEqualTo(created.stream().map(each -> each.toBuilder().clearData().build()).toList());
    String other = list(account, "").getNextPageToken();
    assertInvalid("page_token", () -> list(account(false, false), other));
  }

  @Test
  void everyCall_needsItsPermission() {
    String sid = create(create("", HOUR)).getSid();
    Map<Permission, List<Call>> calls =
        Map.of(
            Permission.PERMISSION_ISSUE,
            List.of(
                stub -> stub.createSession(create("", HOUR).build()),
                stub -> stub.updateSession(updating(sid).build())),
            Permission.PERMISSION_VERIFY,
            List.of(
                stub -> stub.getSession(GetSessionRequest.newBuilder().setSid(sid).build()),
                stub -> stub.touchSession(touching(sid, HOUR).build())),
            Permission.PERMISSION_REVOKE,
            List.of(
                stub -> stub.destroySession(DestroySessionRequest.newBuilder().setId("1").build())),
            Permission.PERMISSION_LIST,
            List.of(
                stub ->
                    stub.listSessions(ListSessionsRequest.newBuilder().setAccountId("7").build())));
    calls.forEach(
        (allowed, its) -> {
          SessionServiceBlockingStub stub = node.sessions(key(allowed));
          calls.forEach(
              (needed, each) -> {
                for (Call call : each) {
                  if (needed == allowed) {
                    call.make(stub);
                  } else {
                    assertFails("PERMISSION_DENIED PERMISSION_MISSING", () -> call.make(stub));
                  }
                }
              });
        });
  }

  @Test
  void changes_areInTheAudit_withoutSidAndData() throws Exception {
    CreateSessionResponse created = create(create("", HOUR));
    update(updating(created.getSid()).setData("{\"a\":1}"));
    destroy(DestroySessionRequest.newBuilder().setSid(created.getSid()));

    try (Connection connection = node.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT action FROM audit WHERE target = ? AND action LIKE '%Session'"
                    + " ORDER BY audit_id")) {
      query.setString(1, id(created));
      List<String> actions = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          actions.add(row.getString(1));
        }
      }
      assertThat(actions).containsExactly("CreateSession", "UpdateSession", "DestroySession");
    }
  }

  /** A call of one rpc. */
  private interface Call {
    Object make(SessionServiceBlockingStub stub);
  }

  private static String key(Permission permission) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName("sessions-" + fresh())
                .addGrants(Grant.newBuilder().setRealm("default").addPermissions(permission))
                .build())
        .getKey();
  }

  private static CreateSessionRequest.Builder create(String sid, Duration lifetime) {
    return CreateSessionRequest.newBuilder().setSid(sid).setLifetime(duration(lifetime));
  }

  private static CreateSessionResponse create(CreateSessionRequest.Builder request) {
    return node.sessions().createSession(request.build());
  }

  private static GetSessionResponse get(String sid) {
    return node.sessions().getSession(GetSessionRequest.newBuilder().setSid(sid).build());
  }

  private static TouchSessionRequest.Builder touching(String sid, Duration lifetime) {
    return TouchSessionRequest.newBuilder().setSid(sid).setLifetime(duration(lifetime));
  }

  private static TouchSessionResponse touch(String sid, Duration lifetime) {
    return node.sessions().touchSession(touching(sid, lifetime).build());
  }

  private static UpdateSessionRequest.Builder updating(String sid) {
    return UpdateSessionRequest.newBuilder().setSid(sid);
  }

  private static io.jeton.v1.UpdateSessionResponse update(UpdateSessionRequest.Builder request) {
    return node.sessions().updateSession(request.build());
  }

  private static boolean destroy(DestroySessionRequest.Builder request) {
    return node.sessions().destroySession(request.build()).getDestroyed();
  }

  private static ListSessionsResponse list(String account, String pageToken) {
    return node.sessions()
        .listSessions(
            ListSessionsRequest.newBuilder()
                .setAccountId(account)
                .setPageSize(2)
                .setPageToken(pageToken)
                .build());
  }

  private static String id(CreateSessionResponse created) {
    return created.getSession().getId();
  }

  private static Instant end(TouchSessionResponse response) {
    return instant(response.getSession().getExpireTime());
  }

  private static String account(boolean disabled, boolean banned) {
    return node.accounts()
        .createAccount(
            CreateAccountRequest.newBuilder().setDisabled(disabled).setBanned(banned).build())
        .getAccount()
        .getId();
  }

  private static Instant stored(String id) throws Exception {
    long micros = count("SELECT expire_time FROM session WHERE session_id = ?", id);
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  private static long count(String sql, String value) throws Exception {
    try (Connection connection = node.connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, value);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : -1;
      }
    }
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  private static void assertFails(String kind, ThrowingCallable call) {
    assertThat(Failure.of(call).kind()).isEqualTo(kind);
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(failure.fields()).containsExactly(field);
    assertThat(failure.message()).doesNotContain("canary");
  }
}
