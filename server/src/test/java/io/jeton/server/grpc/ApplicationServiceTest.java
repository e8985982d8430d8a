package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.Duration;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.Application;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.Grant;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListApplicationsRequest;
import io.jeton.v1.Permission;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** {@code jeton.v1.ApplicationService} and the tokens of applications, on a whole node. */
class ApplicationServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  @Test
  void create_answersTheApplication_thatGetAndListShow() {
    Application made =
        applications()
            .createApplication(
                CreateApplicationRequest.newBuilder()
                    .setAppId("Made")
                    .setEncryptType(2)
                    .setPublicKey("public é")
                    .setDisabled(true)
                    .build())
            .getApplication();

    assertThat(made.getRealm()).isEqualTo("default");
    assertThat(made.getAppId()).isEqualTo("Made");
    assertThat(made.getEncryptType()).isEqualTo(2);
    assertThat(made.getPublicKey()).isEqualTo("public é");
    assertThat(made.getDisabled()).isTrue();
    assertThat(made.hasCreateTime()).isTrue();
    GetApplicationResponse shown = get("Made", false);
    assertThat(shown.getApplication()).isEqualTo(made);
    assertThat(shown.getAccessKeySecret()).isEmpty();
    assertThat(shown.getPushSecret()).isEmpty();
    assertThat(
            applications()
                .listApplications(ListApplicationsRequest.newBuilder().setPageSize(100).build())
                .getApplicationsList())
        .contains(made);
    assertKind("NOT_FOUND APPLICATION_NOT_FOUND", () -> get("made", false));
    assertKind("ALREADY_EXISTS APPLICATION_EXISTS", () -> create("Made", ""));
  }

  @Test
  void create_makesRandomSecrets_orTakesTheKeyThatIsGiven() {
    create("random-1", "");
    create("random-2", "");
    create("given", "given key é");

    GetApplicationResponse one = get("random-1", true);
    GetApplicationResponse two = get("random-2", true);
    GetApplicationResponse given = get("given", true);

    assertThat(one.getAccessKeySecret()).matches("[A-Za-z0-9_-]{32}");
    assertThat(one.getPushSecret()).matches("[0-9a-f]{64}");
    assertThat(two.getAccessKeySecret()).isNotEqualTo(one.getAccessKeySecret());
    assertThat(two.getPushSecret()).isNotEqualTo(one.getPushSecret());
    assertThat(given.getAccessKeySecret()).isEqualTo("given key é");
    assertThat(given.getPushSecret()).matches("[0-9a-f]{64}");
  }

  @Test
  void update_changesAndIsSeenAtOnce_butKeepsThePushSecret() {
    create("changed", "");
    GetApplicationResponse before = get("changed", true);

    Application changed =
        applications()
            .updateApplication(
                UpdateApplicationRequest.newBuilder()
                    .setAppId("changed")
                    .setEncryptType(3)
                    .setPublicKey("p")
                    .setAccessKeySecret("a new key")
                    .build())
            .getApplication();

    GetApplicationResponse after = get("changed", true);
    assertThat(after.getApplication()).isEqualTo(changed);
    assertThat(changed.getEncryptType()).isEqualTo(3);
    assertThat(changed.getPublicKey()).isEqualTo("p");
    assertThat(changed.getDisabled()).isFalse();
    assertThat(after.getAccessKeySecret()).isEqualTo("a new key");
    assertThat(after.getPushSecret()).isEqualTo(before.getPushSecret());
    assertKind("NOT_FOUND APPLICATION_NOT_FOUND", () -> disable("nothing", true));
  }

  @Test
  void calls_refuseWhatIsOutsideTheLimits() {
    CreateApplicationRequest.Builder request =
        CreateApplicationRequest.newBuilder().setAppId("limits");
    assertField("app_id", request.clone().setAppId(""));
    assertField("app_id", request.clone().setAppId("a b"));
    assertField("app_id", request.clone().setAppId("é"));
    assertField("app_id", request.clone().setAppId("a".repeat(129)));
    assertField("encrypt_type", request.clone().setEncryptType(4));
    assertField("encrypt_type", request.clone().setEncryptType(-1));
    assertField("public_key", request.clone().setPublicKey("x".repeat(4097)));
    assertField("access_key_secret", request.clone().setAccessKeySecret("x".repeat(1025)));
    Failure empty =
        Failure.of(
            () ->
                applications()
                    .updateApplication(
                        UpdateApplicationRequest.newBuilder()
                            .setAppId("limits")
                            .setAccessKeySecret("")
                            .build()));
    assertThat(empty.fields()).containsExactly("access_key_secret");
    create("limits", "k".repeat(1024));
    assertThat(get("limits", true).getAccessKeySecret()).hasSize(1024);
  }

  @Test
  void reveal_needsItsPermission_besidesVerify() {
    create("revealed", "");
    String verifier = caller("apps-verify", Permission.PERMISSION_VERIFY);
    String revealer = caller("apps-reveal", Permission.PERMISSION_REVEAL);
    String both = caller("apps-both", Permission.PERMISSION_VERIFY, Permission.PERMISSION_REVEAL);
    GetApplicationRequest.Builder request = GetApplicationRequest.newBuilder().setAppId("revealed");

    assertThat(applications(verifier).getApplication(request.build()).getApplication().getAppId())
        .isEqualTo("revealed");
    assertThat(
            applications(both)
                .getApplication(request.clone().setReveal(true).build())
                .getPushSecret())
        .hasSize(64);
    Failure failure =
        Failure.of(
            () -> applications(verifier).getApplication(request.clone().setReveal(true).build()));
    assertThat(failure.kind()).isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    assertThat(failure.metadata()).containsEntry("permission", "REVEAL");
    assertKind(
        "PERMISSION_DENIED PERMISSION_MISSING",
        () -> applications(revealer).getApplication(request.build()));
    assertKind(
        "PERMISSION_DENIED PERMISSION_MISSING",
        () ->
            applications(verifier)
                .createApplication(CreateApplicationRequest.newBuilder().setAppId("x").build()));
    assertKind(
        "PERMISSION_DENIED PERMISSION_MISSING",
        () ->
            applications(verifier)
                .updateApplication(UpdateApplicationRequest.newBuilder().setAppId("x").build()));
    assertKind(
        "PERMISSION_DENIED PERMISSION_MISSING",
        () ->
            applications(verifier).listApplications(ListApplicationsRequest.getDefaultInstance()));
  }

  @Test
  void disabledApplication_stopsItsTokens_andEnabledTheyAreWhatTheyWere() {
    create("stopped", "");
    IssueTokenResponse token = issue("stopped");
    IssueTokenResponse unregistered = issue("not-registered");
    assertThat(reason(token, "")).isEqualTo(InactiveReason.INACTIVE_REASON_UNSPECIFIED);

    disable("stopped", true);

    assertThat(reason(token, "")).isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    assertThat(reason(token, "stopped"))
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    assertThat(reason(token, "another"))
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_APPLICATION);
    assertThat(
            node.tokens()
                .verifyToken(
                    VerifyTokenRequest.newBuilder()
                        .setToken(token.getSecret())
                        .addRequiredScopes("write")
                        .build())
                .getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    assertThat(reason(unregistered, "")).isEqualTo(InactiveReason.INACTIVE_REASON_UNSPECIFIED);
    assertKind("FAILED_PRECONDITION APPLICATION_INACTIVE", () -> issue("stopped"));
    assertThat(refresh(token).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);

    disable("stopped", false);

    assertThat(reason(token, "")).isEqualTo(InactiveReason.INACTIVE_REASON_UNSPECIFIED);
    RefreshTokenResponse refreshed = refresh(token);
    assertThat(refreshed.getRefreshed()).isTrue();
    disable("stopped", true);
    // Neither is the answer of the refresh given again while it is disabled.
    assertThat(refresh(token).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    disable("stopped", false);
    assertThat(refresh(token).getSecret()).isEqualTo(refreshed.getSecret());
  }

  @Test
  void secrets_areInNoTableAndNoLog() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger ours = (Logger) LoggerFactory.getLogger("io.jeton");
    ours.setLevel(Level.TRACE);
    ours.addAppender(log);
    List<String> secrets = new ArrayList<>(List.of("canary-access-key-1", "canary-access-key-2"));
    try {
      create("hidden", secrets.get(0));
      applications()
          .updateApplication(
              UpdateApplicationRequest.newBuilder()
                  .setAppId("hidden")
                  .setAccessKeySecret(secrets.get(1))
                  .build());
      secrets.add(get("hidden", true).getPushSecret());
      assertKind("ALREADY_EXISTS APPLICATION_EXISTS", () -> create("hidden", secrets.get(0)));
    } finally {
      ours.detachAppender(log);
      ours.setLevel(null);
    }

    String database = dump();
    assertThat(database).contains("hidden");
    for (String secret : secrets) {
      assertThat(database).doesNotContain(secret);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.contains(secret));
    }
  }

  private static String dump() throws Exception {
    StringBuilder text = new StringBuilder();
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("application", "audit", "revision")) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              byte[] value = rows.getBytes(i);
              text.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
              text.append('\n');
            }
          }
        }
      }
    }
    return text.toString();
  }

  private static ApplicationServiceBlockingStub applications() {
    return applications(node.adminKey());
  }

  private static ApplicationServiceBlockingStub applications(String key) {
    return node.applications(key);
  }

  private static Application create(String appId, String accessKey) {
    return applications()
        .createApplication(
            CreateApplicationRequest.newBuilder()
                .setAppId(appId)
                .setAccessKeySecret(accessKey)
                .build())
        .getApplication();
  }

  private static GetApplicationResponse get(String appId, boolean reveal) {
    return applications()
        .getApplication(
            GetApplicationRequest.newBuilder().setAppId(appId).setReveal(reveal).build());
  }

  private static void disable(String appId, boolean disabled) {
    var unused =
        applications()
            .updateApplication(
                UpdateApplicationRequest.newBuilder()
                    .setAppId(appId)
                    .setDisabled(disabled)
                    .build());
  }

  private static IssueTokenResponse issue(String appId) {
    return node.tokens()
        .issueToken(
            IssueTokenRequest.newBuilder()
                .setAppId(appId)
                .setRefresh(
                    RefreshSpec.newBuilder()
                        .setWindow(Duration.newBuilder().setSeconds(86_400))
                        .setItself(RefreshWithItself.getDefaultInstance()))
                .build());
  }

  private static RefreshTokenResponse refresh(IssueTokenResponse token) {
    return node.tokens()
        .refreshToken(RefreshTokenRequest.newBuilder().setToken(token.getSecret()).build());
  }

  private static InactiveReason reason(IssueTokenResponse token, String appId) {
    return node.tokens()
        .verifyToken(
            VerifyTokenRequest.newBuilder().setToken(token.getSecret()).setAppId(appId).build())
        .getReason();
  }

  private static void assertField(String field, CreateApplicationRequest.Builder request) {
    Failure failure = Failure.of(() -> applications().createApplication(request.build()));
    assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(failure.fields()).containsExactly(field);
  }

  private static void assertKind(String kind, ThrowingCallable call) {
    assertThat(Failure.of(call).kind()).isEqualTo(kind);
  }

  private static String caller(String name, Permission... permissions) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name)
                .addGrants(
                    Grant.newBuilder().setRealm("default").addAllPermissions(List.of(permissions)))
                .build())
        .getKey();
  }
}
