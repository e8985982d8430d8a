package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.AccountRef;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.Permission;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateSessionRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Uses secrets in every way there is, and then looks for them everywhere they could have leaked to.
 */
class SecretsTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final List<String> secrets = new ArrayList<>();
  private final StringBuilder told = new StringBuilder();

  @Test
  void noSecret_isInTheDatabaseTheLogsTheMetricsOrAnError() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    Logger ours = (Logger) LoggerFactory.getLogger("io.jeton");
    ours.setLevel(Level.TRACE);
    try {
      useSecrets();
    } finally {
      ours.setLevel(null);
      root.detachAppender(log);
    }
    for (ILoggingEvent event : log.list) {
      told.append(event.getFormattedMessage());
      told.append(event.getKeyValuePairs());
      if (event.getThrowableProxy() != null) {
        told.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    told.append(metrics());

    String database = database();
    // The search itself works: what is no secret is found.
    assertThat(database).contains("subject-of-secrets");
    assertThat(told).contains("jeton_verdicts_total");
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(6);
    for (String secret : secrets) {
      assertThat(database).doesNotContain(secret);
      assertThat(told).doesNotContain(secret);
      assertThat(filesThatHold(secret)).isEmpty();
    }
    assertThat(database).doesNotContain(node.adminKey());
    assertThat(filesThatHold(node.adminKey())).containsExactly("admin.key");
  }

  private void useSecrets() {
    String code = "LICENCE-of-secrets-0815";
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("subject-of-secrets");
    secrets.add(code);
    secrets.add(issue(request.clone().setRequestId("r-secrets")));
    secrets.add(issue(request.clone().setHex(HexFormat.getDefaultInstance())));
    issue(request.clone().setSupplied(SuppliedFormat.newBuilder().setCode(code)));
    useFamilies(request);
    IssueTokenRequest.Builder again =
        request.clone().setSupplied(SuppliedFormat.newBuilder().setCode(code));
    fails(() -> issue(again));
    fails(() -> issue(again.clone().setRequestId("r-secrets")));
    secrets.add(
        node.callers()
            .createCaller(
                CreateCallerRequest.newBuilder()
                    .setName("of-secrets")
                    .addGrants(
                        Grant.newBuilder()
                            .setRealm("default")
                            .addPermissions(Permission.PERMISSION_VERIFY))
                    .build())
            .getKey());
    usePasswords();
    useSessions();
    secrets.add("unknown-secret-4711");
    // One that is ours but for its last character, and one that is far too long.
    secrets.add(secrets.get(1).substring(0, 51) + "!");
    secrets.add("too-long-secret-".repeat(300));
    for (String secret : List.copyOf(secrets)) {
      String limited = secret;
      fails(() -> node.tokens(limited).getToken(GetTokenRequest.newBuilder().setId("1").build()));
      answers(
          () ->
              node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(limited).build()));
      answers(() -> node.tokens().getToken(GetTokenRequest.newBuilder().setToken(limited).build()));
      answers(
          () ->
              node.tokens()
                  .refreshToken(RefreshTokenRequest.newBuilder().setToken(limited).build()));
      answers(
          () ->
              node.tokens()
                  .bindToken(
                      BindTokenRequest.newBuilder().setToken(limited).setSubject("s").build()));
      answers(
          () ->
              node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(limited).build()));
    }
  }

  /** Both secrets of a pair, what they were refreshed to, and the same of one that is its own. */
  private void useFamilies(IssueTokenRequest.Builder request) {
    RefreshSpec.Builder spec =
        RefreshSpec.newBuilder().setWindow(Duration.newBuilder().setSeconds(60));
    IssueTokenResponse pair =
        node.tokens()
            .issueToken(
                request
                    .clone()
                    .setRefresh(spec.clone().setPair(RefreshWithPair.getDefaultInstance()))
                    .build());
    String alone =
        issue(request.clone().setRefresh(spec.setItself(RefreshWithItself.getDefaultInstance())));
    secrets.addAll(List.of(pair.getSecret(), pair.getRefreshSecret(), alone));
    for (String presented : List.of(pair.getRefreshSecret(), alone)) {
      RefreshTokenResponse refreshed =
          node.tokens().refreshToken(RefreshTokenRequest.newBuilder().setToken(presented).build());
      secrets.add(refreshed.getSecret());
      if (refreshed.hasRefreshToken()) {
        secrets.add(refreshed.getRefreshSecret());
      }
    }
  }

  private void usePasswords() {
    String password = "PASSWORD-of-secrets-0816";
    secrets.add(password);
    secrets.add("PASSWORD-of-secrets-0817");
    secrets.add("HASH-of-secrets-0818");
    node.accounts()
        .createAccount(
            CreateAccountRequest.newBuilder()
                .setName("account-of-secrets")
                .setPassword(password)
                .build());
    fails(
        () ->
            node.accounts()
                .createAccount(
                    CreateAccountRequest.newBuilder()
                        .setName("account-of-secrets")
                        .setPassword(password)
                        .build()));
    fails(
        () ->
            node.accounts()
                .createAccount(
                    CreateAccountRequest.newBuilder()
                        .setPasswordHash("HASH-of-secrets-0818")
                        .build()));
    AccountRef account = AccountRef.newBuilder().setLogin("account-of-secrets").build();
    for (String tried : List.of(password, "PASSWORD-of-secrets-0817")) {
      answers(
          () ->
              told.append(
                  node.accounts()
                      .checkPassword(
                          CheckPasswordRequest.newBuilder()
                              .setAccount(account)
                              .setPassword(tried)
                              .build())));
    }
    node.accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder()
                .setAccount(account)
                .setPassword("PASSWORD-of-secrets-0817")
                .build());
  }

  /** A sid of each kind, data before and after a change, and a sid that is not known. */
  private void useSessions() {
    String sid = "SID-of-secrets-0819";
    CreateSessionRequest.Builder request =
        CreateSessionRequest.newBuilder()
            .setData("{\"csrf\":\"DATA-of-secrets-0820\"}")
            .setLifetime(Duration.newBuilder().setSeconds(3600));
    secrets.addAll(List.of(sid, "DATA-of-secrets-0820", "DATA-of-secrets-0821"));
    secrets.add(node.sessions().createSession(request.build()).getSid());
    secrets.add(node.sessions().createSession(request.setSid(sid).build()).getSid());
    fails(() -> node.sessions().createSession(request.build()));
    fails(
        () ->
            node.sessions().createSession(request.clone().setData("DATA-of-secrets-0821").build()));
    answers(
        () ->
            node.sessions()
                .updateSession(
                    UpdateSessionRequest.newBuilder()
                        .setSid(sid)
                        .setData("{\"csrf\":\"DATA-of-secrets-0821\"}")
                        .build()));
    for (String presented : List.of(sid, "unknown-secret-4711")) {
      answers(
          () ->
              node.sessions()
                  .touchSession(
                      TouchSessionRequest.newBuilder()
                          .setSid(presented)
                          .setLifetime(Duration.newBuilder().setSeconds(7200))
                          .build()));
      answers(
          () ->
              node.sessions().getSession(GetSessionRequest.newBuilder().setSid(presented).build()));
    }
    fails(
        () ->
            node.sessions()
                .getSession(GetSessionRequest.newBuilder().setSid("unknown-secret-4711").build()));
  }

  private static String issue(IssueTokenRequest.Builder request) {
    return node.tokens().issueToken(request.build()).getSecret();
  }

  private void fails(Runnable call) {
    int before = told.length();
    answers(call);
    assertThat(told.length()).as("the call was to fail").isGreaterThan(before);
  }

  private void answers(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      told.append(e.getStatus()).append(e.getTrailers());
    }
  }

  private static String metrics() throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Every column of every table, byte for byte. */
  private static String database() throws Exception {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              byte[] value = rows.getBytes(i);
              dump.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1))
                  .append('\n');
            }
          }
        }
      }
    }
    return dump.toString();
  }

  private static List<String> filesThatHold(String secret) throws Exception {
    try (Stream<Path> files = Files.walk(node.dataDirectory())) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                      .contains(secret);
                } catch (java.io.IOException e) {
                  // A temporary file of the database that has gone meanwhile.
                  return false;
                }
              })
          .map(file -> node.dataDirectory().relativize(file).toString())
          .toList();
    }
  }
}
