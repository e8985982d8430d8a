package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Locale;
import java.util.Optional;

/** The method that a request counts as. */
final class Methods {
  private static final String HEADER = "x-http-method-override";
  private static final String FIELD = "_method";

  private Methods() {}

  /** The request's own; a POST may name another in a header, else in a field. */
  static String effective(RequestHeaders headers, Input input) {
    if (headers.method() != HttpMethod.POST) {
      return headers.method().name();
    }
    return Optional.ofNullable(headers.get(HEADER))
        .map(String::trim)
        .filter(method -> !method.isEmpty())
        .or(() -> input.trimmed(FIELD))
        .map(method -> method.toUpperCase(Locale.ROOT))
        .orElse(HttpMethod.POST.name());
  }
}
