package io.jeton.server.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Makes requests of every kind of right and wrong: the documented ones among them, and what
 * clients, proxies and strangers make of them. The same seed gives the same requests, as long as
 * the same secrets are offered to it.
 */
final class RandomRequests {
  static final List<String> METHODS =
      List.of(
          "GET",
          "GET",
          "POST",
          "POST",
          "PUT",
          "PUT",
          "PATCH",
          "DELETE",
          "HEAD",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "FOO",
          "get",
          "PROPFIND");
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "Seven",
          "Seven",
          "Seven",
          "ＳＥＶＥＮ",
          "shiweidu@outlook.com",
          "18781993582",
          "1",
          "0",
          "-1",
          "99999999999999999999",
          "' OR 1=1 --",
          "\u0000",
          "a\u0000b",
          "\t\r\n",
          "\"",
          "\\",
          "😀🔑",
          "退出成功",
          "\u202e\ufeff",
          "%00",
          "null",
          "true",
          "[]",
          "{}",
          "1e400",
          "x".repeat(300),
          "y".repeat(10_000));
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-8",
          "application/json; charset=latin1",
          "application/json; charset=nonsense",
          "APPLICATION/JSON",
          "application/vnd.api+json",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=b",
          "multipart/form-data",
          "text/plain",
          "application/octet-stream",
          "nonsense",
          "",
          ";;;");
  private static final List<String> ENCODINGS =
      List.of("gzip", "deflate", "br", "identity", "GZIP", "nonsense", "gzip, gzip", "");

  private final Random random;
  private final Dialect dialect;
  private final List<String> paths;
  private final Optional<SpoiltCalls> calls;
  private final List<String> secrets = new ArrayList<>();

  /** Takes the documented paths, as they are. */
  RandomRequests(long seed, List<String> paths) {
    this(seed, Dialect.ofLogins(paths));
  }

  /** Takes what a contract's requests are made of. */
  RandomRequests(long seed, Dialect dialect) {
    this.random = new Random(seed);
    this.dialect = dialect;
    this.paths = dialect.paths();
    this.calls =
        dialect.calls().isEmpty()
            ? Optional.empty()
            : Optional.of(new SpoiltCalls(random, dialect, this::secret));
  }

  /** A request, and what it says it is. */
  record Request(String method, String target, byte[] bytes) {
    /** What comes before the query. */
    String path() {
      return target.split("\\?", 2)[0];
    }
  }

  /** Offers a secret that the server gave out, for later requests. */
  void offer(String secret) {
    if (secrets.size() < 50) {
      secrets.add(secret);
    } else {
      secrets.set(random.nextInt(50), secret);
    }
  }

  Request next() {
    if (calls.isPresent() ? chance(2) : chance(25)) {
      return calls.map(SpoiltCalls::next).orElseGet(this::login);
    }
    String method = random.nextInt(4) == 0 ? pick(METHODS) : pick(METHODS.subList(0, 7));
    StringBuilder head = new StringBuilder();
    String target = target();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    boolean isStrangeHost = chance(50);
    if (!chance(100)) {
      head.append("Host: ").append(isStrangeHost ? "h\"x\"" : "plus.io").append("\r\n");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      head.append(header());
    }
    byte[] body = chance(3) ? new byte[0] : body();
    if (isStrangeHost && body.length > 10_000) {
      // It is refused at the headers, and what was still on its way would reset the connection.
      body = new byte[0];
    }
    if (chance(8)) {
      head.append("Content-Encoding: ").append(pick(ENCODINGS)).append("\r\n");
      body = chance(2) ? gzip(body) : body;
    }
    if (chance(20)) {
      head.append("Transfer-Encoding: chunked\r\n\r\n");
      return new Request(method, target, join(head, chunked(body)));
    }
    // A body without a length would be read as the next request.
    if (body.length > 0 || method.equals("POST") || chance(2)) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    return new Request(method, target, join(head, body));
  }

  /** A login that is right wherever it is possible. */
  private Request login() {
    String body = "{\"login\":\"Seven\",\"password\":\"Seven\"}";
    String path = pick(paths).replace("{token}", "x");
    String head =
        "POST %s HTTP/1.1\r\nHost: plus.io\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length());
    return new Request("POST", path, join(head, body.getBytes(StandardCharsets.UTF_8)));
  }

  private String target() {
    String path = pick(paths).replace("{token}", secret().replaceAll("[^!-~]|[?#%]", "x"));
    switch (random.nextInt(12)) {
      case 0 -> path = path.toUpperCase(java.util.Locale.ROOT);
      case 1 -> path = path + "/";
      case 2 ->
          path = path + pick(List.of("%00", "%zz", "%2e%2e", ";a=b", "//", "/x", "%E2%82", "'"));
      case 3 ->
          path =
              "/" + pick(List.of("", "x", "%20", "auth/", "tokens/", "token%2f", "..", "api/v2"));
      default -> {}
    }
    return chance(3) ? path + "?" + form(random.nextInt(3)) : path;
  }

  private String header() {
    if (!dialect.headers().isEmpty() && chance(2)) {
      return header(pick(List.copyOf(dialect.headers().keySet())));
    }
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> "Authorization: " + authorization() + "\r\n";
      case 3, 4 -> "Content-Type: " + pick(TYPES) + "\r\n";
      case 5 -> "Cookie: token=" + visible(secret()) + "; x=" + visible(pick(TEXTS)) + "\r\n";
      case 6 -> "X-HTTP-Method-Override: " + pick(METHODS) + "\r\n";
      case 7 -> "Access-Control-Request-Headers: " + visible(pick(TEXTS)) + "\r\n";
      default -> "X-Forwarded-For: " + visible(pick(TEXTS)) + "\r\n";
    };
  }

  private String header(String name) {
    String value = chance(3) ? pick(TEXTS) : pick(dialect.headers().getOrDefault(name, TEXTS));
    return visible(name + ": " + value.replace(Dialect.SECRET, secret())) + "\r\n";
  }

  private String authorization() {
    String scheme = pick(List.of("Bearer", "bearer", "Token", "Toekn", "Basic", "", "é", "BEARER"));
    String gap = pick(List.of(" ", " ", " ", "  ", "", "\t", ", "));
    return visible(scheme + gap + (chance(4) ? pick(TEXTS) : secret()));
  }

  private byte[] body() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> json().getBytes(StandardCharsets.UTF_8);
      case 4, 5 -> form(1 + random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
      case 6 -> multipart().getBytes(StandardCharsets.UTF_8);
      case 7 -> {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 8 ->
          pick(List.of("{", "[[[", "nul", "\"", "{\"a\":1,}", "\ufeff{}", "[".repeat(5_000)))
              .getBytes(StandardCharsets.UTF_8);
      default -> chance(10) ? new byte[102_401] : "{}".getBytes(StandardCharsets.UTF_8);
    };
  }

  private String json() {
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String field = field();
      fields.add(quoted(field) + ":" + jsonValue(field));
    }
    return "{" + String.join(",", fields) + "}";
  }

  private String jsonValue(String field) {
    return switch (random.nextInt(8)) {
      case 0 -> "1";
      case 1 -> "null";
      case 2 -> "true";
      case 3 -> "[\"Seven\"]";
      case 4 -> "{\"a\":\"b\"}";
      case 5 -> "1.5e300";
      default -> quoted(value(field));
    };
  }

  private String form(int count) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      String field = field();
      fields.add(
          field
              + (chance(10) ? "[]" : "")
              + (chance(10) ? "" : "=")
              + java.net.URLEncoder.encode(value(field), StandardCharsets.UTF_8));
    }
    return String.join("&", fields) + pick(List.of("", "", "", "&", "%zz", "&=&", "%00=1"));
  }

  private String multipart() {
    return "--b\r\nContent-Disposition: form-data; name=\""
        + field()
        + "\"\r\n\r\n"
        + pick(TEXTS)
        + (chance(4) ? "" : "\r\n--b--\r\n");
  }

  private String field() {
    if (!dialect.fields().isEmpty() && !chance(10)) {
      return pick(List.copyOf(dialect.fields().keySet()));
    }
    return pick(
        List.of("login", "login", "password", "password", "token", "_method", "x", "__proto__"));
  }

  private String value(String field) {
    List<String> likely = dialect.fields().getOrDefault(field, List.of());
    if (likely.isEmpty() || chance(3)) {
      return chance(3) ? secret() : pick(TEXTS);
    }
    return pick(likely).replace(Dialect.SECRET, secret());
  }

  private String secret() {
    if (secrets.isEmpty() || chance(3)) {
      return pick(
          List.of("64dacec16b4b0d1baebcbf72", "f".repeat(32), "e30.e30.e30", "..", "a.b.c"));
    }
    String secret = secrets.get(random.nextInt(secrets.size()));
    return chance(6) ? secret.substring(0, secret.length() - 1) : secret;
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
    }
    return json.append('"').toString();
  }

  /** Without what would end the header. */
  static String visible(String text) {
    return text.replaceAll("[\\r\\n\\u0000]", "");
  }

  private static byte[] chunked(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (body.length > 0) {
      out.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(body);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] join(CharSequence head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
