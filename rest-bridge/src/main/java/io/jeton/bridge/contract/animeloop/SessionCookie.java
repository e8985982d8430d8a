package io.jeton.bridge.contract.animeloop;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Optional;

/** Finds the session cookie among the cookies of a request, as the module "cookie" of npm does. */
final class SessionCookie {
  private static final String NAME = "animeloop.auth.sid";

  private SessionCookie() {}

  /** The value of the first cookie of the name, without quotes and percent-decoded. */
  static Optional<String> read(RequestHeaders headers) {
    for (String line : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(NAME)) {
          return Percent.decode(unquoted(pair.substring(equals + 1).strip()));
        }
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
