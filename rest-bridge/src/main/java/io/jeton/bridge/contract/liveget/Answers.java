package io.jeton.bridge.contract.liveget;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.jeton.v1.Token;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the contract answers, byte by byte: JSON with a field a line. Safe for use by several
 * threads.
 */
final class Answers {
  private static final ResponseHeaders OK =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.JSON_UTF_8)
          // The frame sees to it too, with a copy of the headers for each answer.
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .build();
  private static final AggregatedHttpResponse OPTIONS =
      AggregatedHttpResponse.of(
          ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.ALLOW, "GET,HEAD,OPTIONS"));

  /** What {@code object} is for the module itself. */
  static final String MODULE_ITSELF = "default";

  /** What {@code uuid} is filled up to with zeros. */
  private static final int UUID_DIGITS = 9;

  private final WallClock clock;

  Answers(WallClock clock) {
    this.clock = clock;
  }

  /** The answer to OPTIONS. */
  AggregatedHttpResponse options() {
    return OPTIONS;
  }

  AggregatedHttpResponse of(Outcome outcome) {
    return of(outcome, List.of());
  }

  /** A fixed answer, with the parameters that it names. */
  AggregatedHttpResponse of(Outcome outcome, List<Parameter> parameters) {
    StringBuilder body = head(outcome.code(), outcome.type());
    if (!parameters.isEmpty()) {
      body.append(
          parameters.stream()
              .map(each -> '"' + each.text() + '"')
              .collect(Collectors.joining(", ", "  \"parameter\": [", "],\n")));
    }
    fixed(body, outcome.key(), outcome.message());
    return ok(body);
  }

  /** A failure of the server, or a request that it cannot carry out. */
  AggregatedHttpResponse error(HttpStatus status) {
    AggregatedHttpResponse answer = of(Outcome.ERROR);
    return AggregatedHttpResponse.of(
        answer.headers().toBuilder().status(status).build(), answer.content());
  }

  /** The answer to another method than the contract has. */
  AggregatedHttpResponse wrongMethod() {
    AggregatedHttpResponse answer = error(HttpStatus.METHOD_NOT_ALLOWED);
    return AggregatedHttpResponse.of(
        answer.headers().toBuilder().set(HttpHeaderNames.ALLOW, "GET").build(), answer.content());
  }

  AggregatedHttpResponse deleted(String token, Place place) {
    StringBuilder body = head(Outcome.SUCCESS, "token_delete");
    field(body, "token", token);
    field(body, "function", place.function());
    field(body, "object", place.object());
    fixed(body, "message", "Deleted token.");
    return ok(body);
  }

  /**
   * A token as it is.
   *
   * @param code the token's text, which the core does not know
   * @param function what the module is called
   * @param object what the sub-module is called
   * @param machine what the machine is called
   * @param known the token, with its last use
   */
  AggregatedHttpResponse info(
      String code, String function, String object, String machine, Token known) {
    StringBuilder body = head(Outcome.SUCCESS, "token_info");
    String save = clock.text(known.getIssueTime());
    boolean isUsed =
        known.hasLastUseTime()
            && known.getLastUseTime().getSeconds() > known.getIssueTime().getSeconds();
    field(body, "uuid", padded(known.getSubject()));
    field(body, "token", code);
    field(body, "function", function);
    field(body, "object", object);
    field(body, "save", save);
    field(
        body,
        "over",
        known.hasExpireTime() ? clock.text(known.getExpireTime()) : WallClock.never());
    field(body, "machine", machine);
    field(body, "lastUse", isUsed ? clock.text(known.getLastUseTime()) : save);
    end(body);
    return ok(body);
  }

  /** A code that nobody has, as text. */
  AggregatedHttpResponse random(String code) {
    return AggregatedHttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, code);
  }

  private static StringBuilder head(int code, String type) {
    return new StringBuilder(256)
        .append("{\n  \"code\": ")
        .append(code)
        .append(",\n  \"type\": \"")
        .append(type)
        .append("\",\n");
  }

  private static void field(StringBuilder body, String name, String value) {
    body.append("  \"").append(name).append("\": \"");
    JsonStringEncoder.getInstance().quoteAsString(value, body);
    body.append("\",\n");
  }

  private void fixed(StringBuilder body, String key, String message) {
    body.append("  \"").append(key).append("\": \"").append(message).append("\",\n");
    end(body);
  }

  private void end(StringBuilder body) {
    body.append("  \"time\": \"").append(clock.now()).append("\"\n}");
  }

  private static String padded(String owner) {
    return "0".repeat(Math.max(0, UUID_DIGITS - owner.length())) + owner;
  }

  private static AggregatedHttpResponse ok(StringBuilder body) {
    return AggregatedHttpResponse.of(OK, HttpData.ofUtf8(body.toString()));
  }
}
