package io.jeton.bridge.contract.animeloop;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The websites whose pages may read answers and change something. Immutable. */
final class Origins {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,1024}");
  private static final String HEADERS =
      "Content-Type,Content-Length, Authorization, Accept,X-Requested-With";

  private final boolean isAny;
  private final Set<String> listed;

  private Origins(boolean isAny, Set<String> listed) {
    this.isAny = isAny;
    this.listed = listed;
  }

  /** Every website, as with the original. */
  static Origins any() {
    return new Origins(true, Set.of());
  }

  static Origins of(List<String> origins) {
    return new Origins(false, Set.copyOf(origins));
  }

  /** Whether a request comes from a page of another website. */
  boolean refuse(RequestHeaders headers) {
    return headers.contains(HttpHeaderNames.ORIGIN) && allowed(headers).isEmpty();
  }

  /** An answer that says whether the page that asked may read it. */
  AggregatedHttpResponse tell(AggregatedHttpResponse answer, RequestHeaders request) {
    ResponseHeadersBuilder headers =
        answer.headers().toBuilder().set(HttpHeaderNames.VARY, "Origin");
    allowed(request)
        .ifPresent(
            origin ->
                headers
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "*")
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS));
    return AggregatedHttpResponse.of(headers.build(), answer.content());
  }

  /** The origin that a request names, once, if it is one of these. */
  private Optional<String> allowed(RequestHeaders headers) {
    List<String> named = headers.getAll(HttpHeaderNames.ORIGIN);
    if (named.size() != 1) {
      return Optional.empty();
    }
    String origin = named.get(0);
    boolean allowed = isAny ? PRINTABLE.matcher(origin).matches() : listed.contains(origin);
    return allowed ? Optional.of(origin) : Optional.empty();
  }
}
