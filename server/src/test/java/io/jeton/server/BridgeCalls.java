package io.jeton.server;

import com.google.protobuf.Duration;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateSessionRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Every call of the contracts that reaches the core, on data of its own, in an order in which each
 * can succeed. For one thread. Blocks.
 */
final class BridgeCalls {
  /** What the settings have to say for the calls. */
  static final String SESSION_SECRET = "animeloop";

  /** The SHA-256 of {@code password}. */
  static final String PASSWORD_SHA256 =
      "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String name = "u" + UUID.randomUUID().toString().replace("-", "");
  private final List<String> answers = new ArrayList<>();
  private final String url;
  private final String accountId;

  private BridgeCalls(NodeExtension node, String url) {
    this.url = url;
    this.accountId =
        node.accounts()
            .createAccount(
                CreateAccountRequest.newBuilder().setName(name).setPassword("password").build())
            .getAccount()
            .getId();
    node.sessions()
        .createSession(
            CreateSessionRequest.newBuilder()
                .setSid(name)
                .setAccountId(accountId)
                .setLifetime(Duration.newBuilder().setSeconds(60))
                .build());
    node.applications()
        .createApplication(CreateApplicationRequest.newBuilder().setAppId(name).build());
    node.modules()
        .createModule(
            CreateModuleRequest.newBuilder().setName(name).setIdentification(name).build());
  }

  /** What a contract answers: each a status and a body. */
  static List<String> answers(String contract, NodeExtension node, String url) throws Exception {
    BridgeCalls calls = new BridgeCalls(node, url);
    switch (contract) {
      case "animeloop" -> calls.animeloop();
      case "chatot" -> calls.chatot();
      case "lanying" -> calls.lanying();
      case "liveget" -> calls.liveget();
      case "thinksns" -> calls.thinksns();
      default -> throw new IllegalArgumentException(contract);
    }
    return calls.answers;
  }

  private void animeloop() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SESSION_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    String cookie = "animeloop.auth.sid=s:" + name + "." + signature;
    send("POST", "/api/v2/auth/token/new", "", "Cookie", cookie);
    send("GET", "/api/v2/auth/token", "", "Cookie", cookie);
    send("POST", "/api/v2/auth/token/revoke", "", "Cookie", cookie);
  }

  private void chatot() throws Exception {
    String made = send("POST", "/token", "");
    send("GET", "/token", "", "Authorization", "Token " + field(made, "value"));
    send("PUT", "/token", "", "Authorization", "Token " + field(made, "refresh"));
    send("POST", "/token", login("login"));
  }

  private void lanying() throws Exception {
    String made =
        send(
            "POST",
            "/token/id",
            "{\"user_id\":" + accountId + ",\"password\":\"password\",\"device_guid\":\"d\"}",
            "app_id",
            name);
    send(
        "POST",
        "/token/login",
        login("login_name"),
        "app_id",
        name,
        "access-token",
        field(made, "token"));
    send("POST", "/token/user", login("name"), "app_id", name);
  }

  private void liveget() throws Exception {
    String code = "?token=T&function=" + name + "&password=password";
    send("GET", "/token/create" + code + "&qq=" + accountId, "");
    send("GET", "/token/info" + code, "");
    send("GET", "/token/verify?token=T&machine=m&identification=" + name, "");
    send("GET", "/token/setMachine" + code + "&machine=n", "");
    send("GET", "/token/renew" + code + "&time=1", "");
    send("GET", "/token/delete" + code, "");
  }

  private void thinksns() throws Exception {
    String first = send("POST", "/api/v2/auth/login", login("login"));
    String next = send("POST", "/api/v2/auth/refresh", "", "Authorization", bearer(first));
    send("POST", "/api/v2/auth/logout", "", "Authorization", bearer(next));
    send("POST", "/api/v2/tokens", login("login"));
  }

  private String login(String field) {
    return "{\"" + field + "\":\"" + name + "\",\"password\":\"password\"}";
  }

  private static String bearer(String answer) {
    return "Bearer " + field(answer, "access_token");
  }

  private String send(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    answers.add(response.statusCode() + " " + response.body());
    return response.body();
  }

  /** What an answer says; of a refusal something that is no token. */
  private static String field(String answer, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer);
    return matcher.find() ? matcher.group(1) : "none";
  }
}
