package io.jeton.server.contract;

/** What an answer says was done: the records of the audit table that it must come with. */
final class Consequences {
  private static final String NOTHING = "";

  private Consequences() {}

  /** The changes as an expression, each followed by a blank. */
  static String of(RandomRequests.Request request, RawHttp.Response response) {
    if (response.status() >= 300) {
      return NOTHING;
    }
    String text = response.text();
    if (text.startsWith("{\"status\":")) {
      return animeloop(text);
    }
    if (text.startsWith("{\n")) {
      return liveget(request.path(), text);
    }
    if (text.startsWith("{\"code\":")) {
      return text.startsWith("{\"code\":200,") ? "IssueToken " : NOTHING;
    }
    if (request.method().equals("HEAD")) {
      // It is answered like GET, but its answer does not show how.
      return request.path().startsWith("/token/") ? "([A-Z][A-Za-z]+ )*" : NOTHING;
    }
    // Of chatot and thinksns: what gives out a token or says that one was ended.
    boolean isChange = text.contains("\"value\":") || text.contains("token\":\"");
    return isChange ? "([A-Z][A-Za-z]+ )*" : text.contains("退出成功") ? "RevokeToken " : NOTHING;
  }

  private static String animeloop(String text) {
    if (text.contains("\"code\":1320002,")) {
      return "IssueToken ";
    }
    return text.contains("\"code\":1320003,") ? "(RevokeToken )*" : NOTHING;
  }

  private static String liveget(String path, String text) {
    if (text.contains("\"type\": \"token_delete\"")) {
      return "RevokeToken ";
    }
    if (text.contains("\"type\": \"token_verified\"")) {
      return "(BindToken )?";
    }
    if (!text.contains("\"type\": \"token_info\"")) {
      return NOTHING;
    }
    return switch (path.replaceAll("/$", "")) {
      case "/token/create" -> "(EnsureAccount )?IssueToken ";
      case "/token/setMachine" -> "(BindToken )?";
      case "/token/renew" -> "(ExtendToken )?";
      default -> NOTHING;
    };
  }
}
