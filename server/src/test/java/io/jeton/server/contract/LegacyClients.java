package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.SubModule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The clients of all five contracts, at one node: each method makes one documented call. Blocks.
 */
final class LegacyClients {
  static final String SESSION_SECRET = "what-the-website-signs-with-1618";
  static final String LICENCE_PASSWORD = "who-makes-licences-2718";
  static final String ACCESS_KEY = "the-access-key-of-files-3141";
  static final String APPLICATION = "welovemaxim";

  /** All five contracts, with room for as many requests as a test makes. */
  static final String CONTRACTS =
      """
      contracts:
        - {contract: chatot, creations-per-minute: 1000000}
        - {contract: animeloop, session-secrets: [%s]}
        - {contract: liveget, password-sha256: %s, failed-passwords: 1000000}
        - {contract: thinksns, requests-per-minute: 1000000}
        - {contract: lanying}
      """
          .formatted(SESSION_SECRET, sha256(LICENCE_PASSWORD));

  private static final long DAYS = 86_400;

  private final ContractNode node;

  LegacyClients(ContractNode node) {
    this.node = node;
  }

  /** Adds a module with the sub-module kid. */
  void addModule(String name) throws Exception {
    node.modules()
        .createModule(
            CreateModuleRequest.newBuilder()
                .setName(name)
                .setIdentification("ident-" + name)
                .addSubModules(SubModule.newBuilder().setName("kid"))
                .build());
  }

  void addApplication(String appId) throws Exception {
    node.applications()
        .createApplication(
            CreateApplicationRequest.newBuilder()
                .setAppId(appId)
                .setAccessKeySecret(ACCESS_KEY)
                .build());
  }

  /** Logs an account in at the website, whose session gets this sid. */
  void addSession(String sid, String account, String data) throws Exception {
    var unused =
        node.sessions()
            .createSession(
                CreateSessionRequest.newBuilder()
                    .setSid(sid)
                    .setAccountId(account)
                    .setData(data)
                    .setLifetime(Duration.newBuilder().setSeconds(30 * DAYS))
                    .build());
  }

  /** The cookie of a session, as a browser sends it. */
  static String cookie(String sid) {
    return "animeloop.auth.sid=" + URLEncoder.encode(signed(sid), StandardCharsets.UTF_8);
  }

  /** The value of the cookie of a session. */
  static String signed(String sid) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SESSION_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(sid.getBytes(StandardCharsets.UTF_8));
      return "s:" + sid + "." + Base64.getEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** POST /token of chatot. */
  String chatotLogin(String name) throws Exception {
    return answer(json("/token", "", "{\"login\":\"" + name + "\",\"password\":\"password\"}"));
  }

  /** GET /token of chatot: the status. */
  int chatotQuery(String token) throws Exception {
    return send("GET", "/token", "Authorization: Bearer " + token + "\r\n", "").status();
  }

  /** POST /auth/login of thinksns. */
  String thinksnsLogin(String name) throws Exception {
    return answer(
        json("/api/v2/auth/login", "", "{\"login\":\"" + name + "\",\"password\":\"password\"}"));
  }

  /** POST /auth/refresh of thinksns: the status. */
  int thinksnsRefresh(String token) throws Exception {
    return send("POST", "/api/v2/auth/refresh", "Authorization: Bearer " + token + "\r\n", "")
        .status();
  }

  /** GET /auth/token of animeloop. */
  String animeloopList(String sid) throws Exception {
    return answer(send("GET", "/api/v2/auth/token", "Cookie: " + cookie(sid) + "\r\n", ""));
  }

  /** POST /auth/token/new of animeloop. */
  String animeloopNew(String sid) throws Exception {
    return answer(send("POST", "/api/v2/auth/token/new", "Cookie: " + cookie(sid) + "\r\n", ""));
  }

  /** POST /token/user of lanying. */
  String lanyingLogin(String appId, String name) throws Exception {
    return answer(
        json(
            "/token/user",
            "app_id: " + appId + "\r\n",
            "{\"name\":\"" + name + "\",\"password\":\"password\"}"));
  }

  /** GET /token/create of liveget: the type of the answer. */
  String create(String code, String module, String qq) throws Exception {
    return type(
        "/token/create?token=%s&function=%s&qq=%s&password=%s"
            .formatted(code, module, qq, LICENCE_PASSWORD));
  }

  /** GET /token/delete of liveget: the type of the answer. */
  String delete(String code, String module) throws Exception {
    return type(
        "/token/delete?token=%s&function=%s&password=%s".formatted(code, module, LICENCE_PASSWORD));
  }

  /** GET /token/verify of liveget: the type of the answer. */
  String verify(String code, String machine, String module) throws Exception {
    return type(verifyPath(code, machine, module));
  }

  /** The path of GET /token/verify of liveget. */
  static String verifyPath(String code, String machine, String module) {
    return "/token/verify?token=%s&machine=%s&identification=ident-%s"
        .formatted(code, machine, module);
  }

  RawHttp.Response json(String path, String headers, String body) throws Exception {
    return send("POST", path, "Content-Type: application/json\r\n" + headers, body);
  }

  RawHttp.Response send(String method, String path, String headers, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        (method + " " + path + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\n")
            + ("Content-Length: " + bytes.length + "\r\n" + headers + "\r\n");
    try (RawHttp http = new RawHttp(node.url())) {
      return http.exchange(RandomRequests.join(head, bytes), true);
    }
  }

  /** What a text field of an answer has. */
  static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": ?\"([^\"]+)\"").matcher(json);
    assertThat(matcher.find()).as("%s in an answer", name).isTrue();
    return matcher.group(1);
  }

  private String type(String path) throws Exception {
    return field(answer(send("GET", path, "", "")), "type");
  }

  private static String answer(RawHttp.Response response) {
    assertThat(response.status()).isEqualTo(200);
    return response.text();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
