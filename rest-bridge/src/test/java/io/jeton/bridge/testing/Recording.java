package io.jeton.bridge.testing;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A recorded case: requests to a contract and their answers, byte by byte, with what happens in
 * between. In texts, <code>{{name:type}}</code> stands for what an answer gives there the first
 * time, <code>{{name}}</code> for the same again, and <code>{{:type}}</code> for anything of the
 * type.
 *
 * @param rule the row or the bullet of the contract that it shows
 * @param shows the ids of the rules, of {@code rules.json}
 */
public record Recording(String rule, List<String> shows, Given given, List<Step> steps) {

  /**
   * One step: exactly one of a request with its answer, a time that passes, something that happens
   * at the core, and a look into a JSON Web Token.
   *
   * @param times how often the request is sent; the answer is the same each time
   * @param advance how much time passes, such as {@code PT2H}
   * @param core what happens: outage, restore, ban, disable, rename, rotate, revoke,
   *     revoke-licence, bind, issue, administrator, acted, verify or destroySession
   * @param account whose, by login
   * @param token which, by its secret
   * @param sid which session
   * @param issuer which contract instance the token is of
   * @param app the application of the token that is issued or verified; empty: not asked
   * @param module what the licence is for
   * @param subModule the part of the module that it is for
   * @param as what the issued token, or the account, is called from now on
   * @param key the name of the signing key
   * @param subject what VerifyToken says of the token, or as whom its holder acted last; none: that
   *     it is not active, or that nobody did
   * @param jwt the token to look into
   * @param header its header
   * @param payload its claims
   */
  public record Step(
      Request request,
      Response response,
      Integer times,
      String advance,
      String core,
      String realm,
      String account,
      String token,
      String sid,
      String issuer,
      String app,
      String module,
      String subModule,
      String as,
      String key,
      String subject,
      List<String> scopes,
      String jwt,
      String header,
      String payload) {
    public Step {
      times = Objects.requireNonNullElse(times, 1);
      realm = Objects.requireNonNullElse(realm, "default");
      app = Objects.requireNonNullElse(app, "");
      scopes = Objects.requireNonNullElse(scopes, List.of());
      subModule = Objects.requireNonNullElse(subModule, "");
    }
  }

  /**
   * A request.
   *
   * @param headers texts, or lists of them for a header that is sent more than once
   * @param body a text
   * @param body64 bytes, in base64, instead
   * @param bodyBytes how long the body is: the rest is spaces
   * @param chunked whether it is sent in chunks, so that its length is not known before
   */
  public record Request(
      String method,
      String path,
      Map<String, JsonNode> headers,
      String body,
      @JsonProperty("body64") String body64,
      @JsonAlias("bodyBytes") int bodyBytes,
      boolean chunked) {
    public Request {
      headers = Objects.requireNonNullElse(headers, Map.of());
    }
  }

  /**
   * An answer.
   *
   * @param headers those that are compared; null: there is none of the name
   * @param body the whole body; none: it is empty
   */
  public record Response(int status, Map<String, String> headers, String body) {
    public Response {
      headers = Objects.requireNonNullElse(headers, Map.of());
      body = Objects.requireNonNullElse(body, "");
    }
  }
}
