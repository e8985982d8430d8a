package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Uses the contracts' secrets in every place of a request, rightly and wrongly, and then looks for
 * them in the database, the files, the logs, the metrics and the answers that are no success.
 */
class ContractSecretsTest {
  private static final String PASSWORD = "the-password-of-Seven-0815";
  private static final String WRONG = "a-wrong-password-4711";
  private static final String SID = "sid-of-Seven-161803398";
  private static final String DATA = "card-number-of-Seven-4711-0815";
  private static final String CODE = "licence-code-of-Seven-57721";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final Pattern GIVEN =
      Pattern.compile(
          "\"(?:value|refresh|access_token|token|store_token|push_token)\": ?\"([^\"]+)\"");

  @TempDir static Path directory;
  private static ContractNode node;

  private final Set<String> secrets =
      new LinkedHashSet<>(
          List.of(
              PASSWORD,
              WRONG,
              SID,
              LegacyClients.signed(SID),
              LegacyClients.cookie(SID),
              DATA,
              CODE,
              LegacyClients.SESSION_SECRET,
              LegacyClients.LICENCE_PASSWORD,
              LegacyClients.ACCESS_KEY));
  private final StringBuilder told = new StringBuilder();

  @BeforeAll
  static void start() throws Exception {
    node = ContractNode.start(directory, LegacyClients.CONTRACTS, Map.of("log.access", "all"));
    LegacyClients clients = new LegacyClients(node);
    clients.addSession(SID, node.account("Seven", PASSWORD), "{\"card\":\"" + DATA + "\"}");
    clients.addModule("demo");
    clients.addApplication(LegacyClients.APPLICATION);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void noSecret_isWhereItCouldHaveLeakedTo() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    Logger ours = (Logger) LoggerFactory.getLogger("io.jeton");
    ours.setLevel(Level.TRACE);
    try {
      useSecrets();
      useCookies();
      useLicences();
      useApplications();
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

    String database = node.dump();
    // The search itself works: what is no secret is found.
    assertThat(database).contains("Seven");
    assertThat(told).contains("jeton_verdicts_total").contains("Unauthenticated");
    assertThat(told).contains("api=\"liveget\"").contains("api=\"chatot\"");
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(20);
    for (String secret : secrets) {
      // A token's claims are no secret; its signature is.
      String part = secret.substring(secret.lastIndexOf('.') + 1);
      assertThat(database.contains(part)).as("in the database: %s", part).isFalse();
      assertThat(told.indexOf(part)).as("in what was told: %s", told(part)).isNegative();
      assertThat(filesThatHold(part)).as("files that hold %s", part).isEmpty();
    }
  }

  /** The secret with what stands before it. */
  private String told(String secret) {
    int index = Math.max(0, told.indexOf(secret));
    return told.substring(Math.max(0, index - 300), index) + secret;
  }

  private void useSecrets() throws Exception {
    String login = "login=Seven&password=";
    String anonymous = given(send("POST", "/token", "", ""), "value");
    String chatot =
        send("POST", "/token", JSON, "{\"login\":\"Seven\",\"password\":\"" + PASSWORD + "\"}");
    send("POST", "/token", JSON, "{\"login\":\"Seven\",\"password\":\"" + WRONG + "\"}");
    send("POST", "/token", JSON, "{\"login\":\"Seven\",\"password\":\"" + WRONG);
    String jwt = given(send("POST", "/api/v2/auth/login", FORM, login + PASSWORD), "access_token");
    send("POST", "/api/v2/auth/login", FORM, login + WRONG);
    send("POST", "/auth/login?" + login + WRONG, "", "");
    send("POST", "/api/v2/tokens", FORM, login + WRONG);
    String older = given(send("POST", "/tokens", FORM, login + PASSWORD), "token");
    for (String secret :
        List.of(anonymous, given(chatot, "value"), given(chatot, "refresh"), jwt, older)) {
      send("GET", "/token", "Authorization: Token " + secret + "\r\n", "");
      send("PUT", "/token", "Authorization: Token " + secret + "x\r\n", "");
      send("PUT", "/token", "Authorization: Token " + secret + "\r\n", "");
      send("GET", "/token?token=" + secret, "", "");
      send("DELETE", "/token?token=" + secret, "Authorization: " + secret + "\r\n", "");
      send("GET", "/api/v2/auth/refresh?token=" + secret, "", "");
      send("POST", "/api/v2/auth/refresh", FORM, "token=" + secret);
      send("POST", "/api/v2/auth/logout", "Cookie: token=" + secret + "\r\n", "");
      send("PATCH", "/api/v2/tokens/" + secret, "", "");
      send("DELETE", "/api/v2/tokens/" + secret, "", "");
      send(
          "PATCH",
          "/api/v2/tokens/" + URLEncoder.encode(secret + "\u0000", StandardCharsets.UTF_8),
          "",
          "");
      send("PATCH", "/api/v2/tokens/" + secret + "%zz", "", "");
      send("POST", "/api/v2/auth/nowhere?token=" + secret, "X-Token: " + secret + "\r\n", "");
      send("POST", "/jeton.v1.TokenService/VerifyToken?token=" + secret, "", secret);
    }
  }

  /** animeloop's, at their own paths and at others. */
  private void useCookies() throws Exception {
    String cookie = "Cookie: " + LegacyClients.cookie(SID) + "\r\n";
    String token =
        given(send("POST", "/api/v2/auth/token/new", cookie + FORM, "name=dev"), "token");
    assertThat(send("GET", "/auth/token", cookie, "")).contains(token);
    for (String wrong :
        List.of(
            cookie.replace("\r\n", "x\r\n"),
            "Cookie: animeloop.auth.sid=" + SID + "\r\n",
            "Cookie: animeloop.auth.sid=s%3A" + SID + "%zz\r\n",
            "Cookie: animeloop.auth.sid=" + LegacyClients.signed(SID + "0") + "\r\n",
            "Origin: https://" + SID + "\r\n" + cookie)) {
      send("POST", "/auth/token/new", wrong, "");
    }
    for (String path :
        List.of("/auth/token/" + SID, "/auth/token?sid=" + SID, "/token", "/auth/token/revoke")) {
      send("DELETE", path, cookie, token);
      send("POST", path, cookie + JSON, "{\"id\":\"" + token + "\"}");
      send("POST", path, cookie + JSON, "{\"id\":{\"a\":\"" + token);
    }
  }

  /** liveget's, of which each is in the query. */
  private void useLicences() throws Exception {
    String right = "&password=" + LegacyClients.LICENCE_PASSWORD;
    String code = "?function=demo&qq=10001&token=" + CODE;
    assertThat(send("GET", "/token/create" + code + right, "", "")).contains("token_info");
    assertThat(send("GET", "/token/create" + code + right, "", "")).contains("token_existed");
    send("GET", "/token/verify?identification=ident-demo&machine=m1&token=" + CODE, "", "");
    for (String call : List.of("create", "info", "renew", "setMachine", "verify", "delete")) {
      send("GET", "/token/" + call + code + "&password=" + WRONG, "", "");
      send("GET", "/token/" + call + code + right + "%zz&time=%00", "", "");
      send("POST", "/token/" + call + code + right, FORM, "token=" + CODE + right);
      send("GET", "/token/" + call + "x" + code + right, "", "");
      send("GET", "/token/" + call + code + right + "&time=60", "Host: h\"x\"\r\n", "");
    }
  }

  /** lanying's. */
  private void useApplications() throws Exception {
    String application = "app_id: " + LegacyClients.APPLICATION + "\r\n" + JSON;
    String login = "{\"name\":\"Seven\",\"device_guid\":\"d\",\"password\":\"";
    String token =
        given(send("POST", "/token/user", application, login + PASSWORD + "\"}"), "token");
    for (String password : List.of(PASSWORD, WRONG)) {
      String attached = "access-token: " + token + "\r\nuser_id: 1\r\n";
      send("POST", "/token/user", attached + application, login + password + "\"}");
      send("POST", "/token/user", "app_id: " + password + "\r\n", login + password + "\"}");
      send("POST", "/token/user", application, login + password);
      send(
          "POST", "/token/id", application, login + password + "\",\"user_id\":\"" + token + "\"}");
      send("PUT", "/token/user?password=" + password, attached, "");
      send("POST", "/auth/token/" + password, attached + application, "");
    }
  }

  /** The text of an answer, noted if it is no success; its secrets noted if it is one. */
  private String send(String method, String path, String headers, String body) throws Exception {
    String text =
        (method + " " + path + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\n")
            + ("Content-Length: " + body.length() + "\r\n" + headers + "\r\n" + body);
    RawHttp.Response response;
    try (RawHttp http = new RawHttp(node.url())) {
      response = http.exchange(text.getBytes(StandardCharsets.UTF_8), true);
    }
    boolean isFailure =
        response.text().startsWith("{\"status\":\"error\"")
            || response.text().contains("\"data\":null")
            || response.text().contains("\"code\": 110,");
    if (response.status() >= 300 || isFailure) {
      told.append(response.headers()).append(response.text());
    }
    Matcher given = GIVEN.matcher(response.text());
    while (given.find()) {
      secrets.add(given.group(1));
    }
    return response.text();
  }

  private static String given(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(matcher.find()).as("%s in an answer", name).isTrue();
    return matcher.group(1);
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

  private static List<String> filesThatHold(String secret) throws Exception {
    try (Stream<Path> files = Files.walk(node.directory())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> holds(file, secret))
          .map(file -> node.directory().relativize(file).toString())
          .toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
    } catch (java.io.IOException e) {
      // A temporary file of the database that has gone meanwhile.
      return false;
    }
  }
}
