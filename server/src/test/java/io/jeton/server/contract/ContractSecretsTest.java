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
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final Pattern GIVEN =
      Pattern.compile("\"(?:value|refresh|access_token|token)\":\"([^\"]+)\"");

  @TempDir static Path directory;
  private static ContractNode node;

  private final Set<String> secrets = new LinkedHashSet<>(List.of(PASSWORD, WRONG));
  private final StringBuilder told = new StringBuilder();

  @BeforeAll
  static void start() throws Exception {
    node = ContractNode.start(directory, "", Map.of());
    node.account("Seven", PASSWORD);
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
    } finally {
      ours.setLevel(null);
      root.detachAppender(log);
    }
    for (ILoggingEvent event : log.list) {
      told.append(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        told.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    told.append(metrics());

    String database = node.dump();
    // The search itself works: what is no secret is found.
    assertThat(database).contains("Seven");
    assertThat(told).contains("jeton_verdicts_total").contains("Unauthenticated");
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(8);
    for (String secret : secrets) {
      // A token's claims are no secret; its signature is.
      String part = secret.substring(secret.lastIndexOf('.') + 1);
      assertThat(database.contains(part)).as("in the database: %s", part).isFalse();
      assertThat(told.indexOf(part)).as("in what was told: %s", part).isNegative();
      assertThat(filesThatHold(part)).as("files that hold %s", part).isEmpty();
    }
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

  /** The text of an answer, noted if it is no success; its secrets noted if it is one. */
  private String send(String method, String path, String headers, String body) throws Exception {
    String text =
        (method + " " + path + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\n")
            + ("Content-Length: " + body.length() + "\r\n" + headers + "\r\n" + body);
    RawHttp.Response response;
    try (RawHttp http = new RawHttp(node.url())) {
      response = http.exchange(text.getBytes(StandardCharsets.UTF_8), true);
    }
    if (response.status() >= 300) {
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
