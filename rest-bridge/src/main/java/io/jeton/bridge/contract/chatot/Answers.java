package io.jeton.bridge.contract.chatot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** What the contract answers, byte by byte. The order of a record's fields is that of the JSON. */
final class Answers {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
              .build());
  private static final ResponseHeaders OK =
      headers(HttpStatus.OK)
          .contentType(MediaType.JSON_UTF_8)
          // The frame sees to it too, with a copy of the headers for each answer.
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .build();

  /** The end of a token that has none: the contract's clients expect a time. */
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final String METHODS = "GET, HEAD, PUT, POST";
  private static final Pattern HEADER_NAMES =
      Pattern.compile(
          "[ \\t]*+[\\w!#$%&'*+.^`|~-]++[ \\t]*+(,[ \\t]*+[\\w!#$%&'*+.^`|~-]++[ \\t]*+)*+");

  private Answers() {}

  static AggregatedHttpResponse created(IssueTokenResponse issued) {
    return ok(new Created(issued.getSecret(), issued.getRefreshSecret(), end(issued.getToken())));
  }

  static AggregatedHttpResponse shown(Token token) {
    return ok(new Shown(end(token), token.getScopesList()));
  }

  static AggregatedHttpResponse refreshed(RefreshTokenResponse response) {
    return ok(
        new Refreshed(response.getRefreshSecret(), end(response.getToken()), response.getSecret()));
  }

  static AggregatedHttpResponse failure(Failure failure) {
    return json(failure.status(), new Failed(failure.errorName(), failure.message(), List.of()));
  }

  /**
   * A failure that passes.
   *
   * @param retryAfter when it is worth another try, told in whole seconds, one at least
   */
  static AggregatedHttpResponse failure(Failure failure, Duration retryAfter) {
    AggregatedHttpResponse answer = failure(failure);
    if (failure != Failure.TOO_MANY_REQUESTS) {
      return answer;
    }
    long seconds = Math.max(1, retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
    return AggregatedHttpResponse.of(
        answer.headers().toBuilder().setLong(HttpHeaderNames.RETRY_AFTER, seconds).build(),
        answer.content());
  }

  /** Nothing is at this path, or not for this method. */
  static AggregatedHttpResponse notFound(String path) {
    return json(HttpStatus.NOT_FOUND, new Failed("NotFound", path, List.of()));
  }

  /**
   * The answer to a preflight.
   *
   * @param asked the lines that name the headers which the script wants to send, repeated if they
   *     are names
   */
  static AggregatedHttpResponse preflight(List<String> asked) {
    String requestHeaders = String.join(",", asked);
    ResponseHeadersBuilder headers =
        headers(HttpStatus.NO_CONTENT)
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .set(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
    if (HEADER_NAMES.matcher(requestHeaders).matches()) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requestHeaders);
    }
    return AggregatedHttpResponse.of(headers.build());
  }

  private static String end(Token token) {
    Timestamp time = token.getExpireTime();
    Instant end =
        token.hasExpireTime() ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos()) : NEVER;
    return Milliseconds.text(end);
  }

  private static AggregatedHttpResponse ok(Object body) {
    return AggregatedHttpResponse.of(OK, json(body));
  }

  private static AggregatedHttpResponse json(HttpStatus status, Object body) {
    return AggregatedHttpResponse.of(
        headers(status).contentType(MediaType.JSON_UTF_8).build(), json(body));
  }

  private static HttpData json(Object body) {
    try {
      return HttpData.wrap(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status).set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }

  private record Created(String value, String refresh, String expire) {}

  private record Shown(String expire, List<String> scope) {}

  private record Refreshed(String refresh, String expire, String value) {}

  private record Failed(String name, String message, List<String> stack) {}
}
