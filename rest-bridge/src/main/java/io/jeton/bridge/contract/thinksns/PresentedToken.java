package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the token of an authenticated call: the first place that has one counts. */
final class PresentedToken {
  private static final Pattern BEARER =
      Pattern.compile("bearer\\s*+(\\S+)\\b", Pattern.CASE_INSENSITIVE);
  private static final String FIELD = "token";

  private PresentedToken() {}

  /** Header, query, body, cookie, in this order. */
  static Optional<String> find(RequestHeaders headers, Input input) {
    return fromHeader(headers)
        .or(() -> input.query().trimmed(FIELD))
        .or(() -> input.body().trimmed(FIELD))
        .or(() -> fromCookie(headers));
  }

  private static Optional<String> fromHeader(RequestHeaders headers) {
    Matcher matcher = BEARER.matcher(headers.get(HttpHeaderNames.AUTHORIZATION, ""));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> fromCookie(RequestHeaders headers) {
    return headers.cookies().stream()
        .filter(cookie -> FIELD.equals(cookie.name()))
        .map(Cookie::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
