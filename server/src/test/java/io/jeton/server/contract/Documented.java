package io.jeton.server.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What animeloop, liveget and lanying document of answers: for each status the bodies. */
enum Documented {
  ANIMELOOP(
      Map.of(
          200,
          List.of(
              Pattern.compile(""),
              compact(
                  "{'status':'success','code':1320001,'message':'get token success.','data':["
                      + "<(?:>{'_id':#,<(?:>'name':$,<)?>'token':@}<,?+)*+>]}"),
              compact(
                  "{'status':'success','code':1320002,'message':'create a new token success.',"
                      + "'data':{'token':@,'_id':#<(?:>,'name':$<)?>}}"),
              compact(
                  "{'status':'success','code':1320003,'message':'revoke the token success.','data':{}}"),
              compact(
                  "{'status':'error','code':1940102,'message':'cookie session validation failed.'}"),
              compact(
                  "{'status':'error','code':1940103,'message':'cookie session doesn\u2019t exist.'}"),
              compact(
                  "{'status':'error','code':1950301,'message':'internal server error, database error.'}")),
          400,
          List.of(badRequest()),
          413,
          List.of(badRequest()),
          415,
          List.of(badRequest()))),

  LIVEGET(
      Map.of(
          200,
          List.of(
              Pattern.compile(""),
              Pattern.compile("[A-Za-z0-9]{24}"),
              pretty(
                  "'code': 200",
                  "'type': 'token_info'",
                  "'uuid': '<\\d{9,}>'",
                  "'token': $",
                  "'function': $",
                  "'object': $",
                  "'save': ~",
                  "'over': ~",
                  "'machine': $",
                  "'lastUse': ~"),
              pretty(
                  "'code': 200",
                  "'type': 'token_delete'",
                  "'token': $",
                  "'function': $",
                  "'object': $",
                  "'message': 'Deleted token.'"),
              pretty("'code': 200", "'type': 'token_verified'", "'message': 'Token verified.'"),
              refused("token_existed", "message", "This token existed."),
              refused("token_not_found", "message", "Can\u2019t find token."),
              refused("token_machine_error", "message", "Machine error."),
              refused("token_expired", "message", "This token expired."),
              refused("module_not_found", "message", "Can\u2019t find module."),
              refused("module_overdue", "Message", "This module overdue."),
              refused("error_password_invalid", "message", "Password invalid."),
              naming("error_need_parameter", "Missing parameter."),
              naming("error_parameter_invalid", "Invalid parameter.")),
          400,
          List.of(failed()),
          405,
          List.of(failed()),
          413,
          List.of(failed()))),

  LANYING(
      Map.of(
          200,
          List.of(
              compact(
                  "{'code':200,'data':{'access_key_secret':$,'encrypt_type':#,'expire':#,"
                      + "'public_key':$,<(?:>'push_token':'<[0-9a-f]{64}>',<)?>'store_token':$,"
                      + "'token':@,'user_id':#},'message':null}"),
              compact("{'code':10010,'data':null,'message':'Operation rejected'}"),
              compact(
                  "{'code':10002,'data':null,'message':'invalid request parameter: <[a-z_]+>'}"),
              compact("{'code':10002,'data':null,'message':'too many requests'}"),
              compact("{'code':40000,'data':null,'message':'Operation rejected: unknown app_id'}"),
              compact(
                  "{'code':40003,'data':null,'message':'Operation rejected: application disabled'}")),
          204,
          List.of(Pattern.compile("")),
          404,
          List.of(compact("{'code':404,'data':null,'message':'not found'}")),
          405,
          List.of(compact("{'code':405,'data':null,'message':'method not allowed'}"))));

  private final Map<Integer, List<Pattern>> shapes;

  Documented(Map<Integer, List<Pattern>> shapes) {
    this.shapes = shapes;
  }

  /** Whether the contract has such an answer. */
  boolean has(RawHttp.Response response, boolean hasBody) {
    return Shapes.is(shapes, response, hasBody);
  }

  private static Pattern badRequest() {
    return compact("{'status':'error','code':400,'message':'Bad request'}");
  }

  private static Pattern failed() {
    return pretty(
        "'code': -1",
        "'type': 'error'",
        "'message': 'An error has occurred, please send this page to the website administrator.'");
  }

  private static Pattern refused(String type, String key, String message) {
    return pretty("'code': 110", "'type': '" + type + "'", "'" + key + "': '" + message + "'");
  }

  private static Pattern naming(String type, String message) {
    return pretty(
        "'code': 110",
        "'type': '" + type + "'",
        "'parameter': [<(?:>'<[a-z]+>'<(?:, )?+)++>]",
        "'message': '" + message + "'");
  }

  /** A field a line, and the time in the last. */
  private static Pattern pretty(String... lines) {
    StringBuilder body = new StringBuilder("{\n");
    Arrays.stream(lines).forEach(line -> body.append("  ").append(line).append(",\n"));
    return compact(body + "  'time': ~\n}");
  }

  /**
   * The text as it stands, but for: ' a double quote, $ a text, # a whole number, @ a JSON Web
   * Token, ~ a time, and what stands between angle brackets as an expression.
   */
  private static Pattern compact(String text) {
    StringBuilder regex = new StringBuilder();
    boolean isLiteral = true;
    for (char c : text.toCharArray()) {
      if (c == '<' || c == '>') {
        isLiteral = c == '>';
      } else if (isLiteral) {
        regex.append(
            switch (c) {
              case '\'' -> "\"";
              case '\u2019' -> "'";
              case '$' -> "\"(?:[^\"\\\\\\x00-\\x1f]++|\\\\.)*+\"";
              case '#' -> "\\d+";
              case '@' -> "\"[\\w-]+\\.[\\w-]+\\.[\\w-]+\"";
              case '~' -> "\"\\d{4}/\\d\\d/\\d\\d-\\d\\d:\\d\\d:\\d\\d\"";
              default -> Pattern.quote(String.valueOf(c));
            });
      } else {
        regex.append(c);
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
