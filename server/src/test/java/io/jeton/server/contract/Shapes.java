package io.jeton.server.contract;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the contracts document of answers: for each status the bodies that it may have. */
final class Shapes {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String HEX = "[0-9a-f]{32}";
  private static final String JWT = "[\\w-]+\\.[\\w-]+\\.[\\w-]+";

  private static final Map<Integer, List<Pattern>> CHATOT =
      Map.of(
          200,
          List.of(
              Pattern.compile(
                  "\\{\"value\":\"HEX\",\"refresh\":\"HEX\",\"expire\":\"TIME\"\\}"
                      .replace("HEX", HEX)
                      .replace("TIME", TIME)),
              Pattern.compile("\\{\"expire\":\"" + TIME + "\",\"scope\":\\[[^\\]]*\\]\\}"),
              Pattern.compile(
                  "\\{\"refresh\":\"HEX\",\"expire\":\"TIME\",\"value\":\"[^\"]+\"\\}"
                      .replace("HEX", HEX)
                      .replace("TIME", TIME))),
          204,
          List.of(Pattern.compile("")),
          400,
          List.of(error("BadRequest")),
          401,
          List.of(error("Unauthorized")),
          403,
          List.of(error("Forbidden")),
          404,
          List.of(error("NotFound")),
          413,
          List.of(error("PayloadTooLarge")),
          415,
          List.of(error("UnsupportedMediaType")),
          429,
          List.of(error("TooManyRequests")));

  private static final Map<Integer, List<Pattern>> THINKSNS =
      Map.of(
          200,
          List.of(
              Pattern.compile(""),
              Pattern.compile("\\{\"message\":\"退出成功\"\\}"),
              Pattern.compile(
                  "\\{\"access_token\":\""
                      + JWT
                      + "\",\"token_type\":\"bearer\",\"expires_in\":\\d+\\}")),
          201,
          List.of(
              Pattern.compile(
                  "\\{\"token\":\""
                      + JWT
                      + "\",(\"user\":\\{.*\\},)?\"ttl\":\\d+,\"refresh_ttl\":\\d+\\}",
                  Pattern.DOTALL)),
          400,
          List.of(Pattern.compile("\\{\"message\":\"\"\\}")),
          401,
          List.of(Pattern.compile("\\{\"message\":\"Unauthenticated\\.\"\\}")),
          404,
          List.of(
              Pattern.compile("\\{\"message\":\"\"\\}"),
              Pattern.compile("\\{\"login\":\\[\"用户不存在\"\\]\\}")),
          405,
          List.of(Pattern.compile("\\{\"message\":\"\"\\}")),
          413,
          List.of(Pattern.compile("\\{\"message\":\"\"\\}")),
          422,
          List.of(
              Pattern.compile("\\{\"message\":\"账号或密码不正确\"\\}"),
              Pattern.compile("\\{\"password\":\\[\"密码错误\"\\]\\}"),
              Pattern.compile("\\{\"message\":\\[\"你已被禁止登陆\"\\]\\}")),
          429,
          List.of(Pattern.compile("\\{\"message\":\"Too Many Attempts\\.\"\\}")));

  private Shapes() {}

  /**
   * Whether the contract that answered has such an answer: thinksns tells the rate in each of its
   * own, chatot in none.
   */
  static boolean isDocumented(RawHttp.Response response, boolean hasBody) {
    boolean isThinksns = response.header("x-ratelimit-limit").isPresent();
    return is(isThinksns ? THINKSNS : CHATOT, response, hasBody);
  }

  /** Whether there is such an answer among some. */
  static boolean is(
      Map<Integer, List<Pattern>> shapes, RawHttp.Response response, boolean hasBody) {
    List<Pattern> bodies = shapes.get(response.status());
    return bodies != null
        && (!hasBody || bodies.stream().anyMatch(body -> body.matcher(response.text()).matches()));
  }

  private static Pattern error(String name) {
    return Pattern.compile(
        "\\{\"name\":\"" + name + "\",\"message\":\"(?:[^\"\\\\]|\\\\.)*\",\"stack\":\\[\\]\\}",
        Pattern.DOTALL);
  }
}
