package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.time.Duration;

/** Every answer of the contract, without the headers that the rate of requests adds. */
final class Answers {
  private static final String NO_STORE = "no-store";
  private static final String ANYWHERE = "*";

  private static final AggregatedHttpResponse BAD_LOGIN =
      json(HttpStatus.UNPROCESSABLE_ENTITY, "{\"message\":\"账号或密码不正确\"}");
  private static final AggregatedHttpResponse UNKNOWN_LOGIN =
      json(HttpStatus.NOT_FOUND, "{\"login\":[\"用户不存在\"]}");
  private static final AggregatedHttpResponse BAD_PASSWORD =
      json(HttpStatus.UNPROCESSABLE_ENTITY, "{\"password\":[\"密码错误\"]}");
  private static final AggregatedHttpResponse BANNED =
      json(HttpStatus.UNPROCESSABLE_ENTITY, "{\"message\":[\"你已被禁止登陆\"]}");
  private static final AggregatedHttpResponse UNAUTHENTICATED =
      message(HttpStatus.UNAUTHORIZED, "Unauthenticated.");
  private static final AggregatedHttpResponse LOGGED_OUT = message(HttpStatus.OK, "退出成功");
  private static final AggregatedHttpResponse UNREADABLE = message(HttpStatus.BAD_REQUEST, "");
  private static final AggregatedHttpResponse NOT_FOUND = message(HttpStatus.NOT_FOUND, "");
  private static final AggregatedHttpResponse TOO_LARGE =
      message(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "");
  private static final AggregatedHttpResponse TOO_MANY =
      message(HttpStatus.TOO_MANY_REQUESTS, "Too Many Attempts.");
  private static final AggregatedHttpResponse OUTAGE =
      message(HttpStatus.SERVICE_UNAVAILABLE, "Server Error");

  private Answers() {}

  /** The token that {@code /auth/login} and {@code /auth/refresh} answer. */
  static AggregatedHttpResponse access(String token, Duration lifetime) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token)
            .put("token_type", "bearer")
            .put("expires_in", lifetime.toSeconds());
    return json(HttpStatus.OK, body.toString());
  }

  /** The token and the account that {@code POST /tokens} answers. */
  static AggregatedHttpResponse created(
      String token, ObjectNode user, Duration lifetime, Duration window) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("token", token);
    body.set("user", user);
    return json(HttpStatus.CREATED, times(body, lifetime, window).toString());
  }

  /** The token that {@code PATCH /tokens/{token}} answers. */
  static AggregatedHttpResponse renewed(String token, Duration lifetime, Duration window) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("token", token);
    return json(HttpStatus.CREATED, times(body, lifetime, window).toString());
  }

  /** The answer to a logout. */
  static AggregatedHttpResponse loggedOut() {
    return LOGGED_OUT;
  }

  /** {@code /auth/login} failed, whyever. */
  static AggregatedHttpResponse badLogin() {
    return BAD_LOGIN;
  }

  /** {@code /tokens} knows no such account. */
  static AggregatedHttpResponse unknownLogin() {
    return UNKNOWN_LOGIN;
  }

  /** {@code /tokens} was given another password. */
  static AggregatedHttpResponse badPassword() {
    return BAD_PASSWORD;
  }

  /** {@code /tokens} was given the right password of an account that is banned. */
  static AggregatedHttpResponse banned() {
    return BANNED;
  }

  /** There is no token, or none that will do. */
  static AggregatedHttpResponse unauthenticated() {
    return UNAUTHENTICATED;
  }

  /** The request could not be read. */
  static AggregatedHttpResponse unreadable() {
    return UNREADABLE;
  }

  /** The document lacks the path. */
  static AggregatedHttpResponse notFound() {
    return NOT_FOUND;
  }

  /** The document lacks the method for the path. */
  static AggregatedHttpResponse wrongMethod(Route route) {
    AggregatedHttpResponse answer = message(HttpStatus.METHOD_NOT_ALLOWED, "");
    return with(answer, answer.headers().toBuilder().set(HttpHeaderNames.ALLOW, route.allow()));
  }

  /** The body is too large. */
  static AggregatedHttpResponse tooLarge() {
    return TOO_LARGE;
  }

  /** There were too many requests, or too many failed logins. */
  static AggregatedHttpResponse tooMany() {
    return TOO_MANY;
  }

  /** Nothing can be answered at the moment. */
  static AggregatedHttpResponse outage() {
    return OUTAGE;
  }

  /** The answer to a preflight: everything that it asks for is allowed. */
  static AggregatedHttpResponse preflight(RequestHeaders asked) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANYWHERE);
    String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (method != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, method);
    }
    String names = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    if (names != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    return AggregatedHttpResponse.of(headers.build());
  }

  /** An answer with other headers. */
  static AggregatedHttpResponse with(
      AggregatedHttpResponse answer, ResponseHeadersBuilder headers) {
    return AggregatedHttpResponse.of(headers.build(), answer.content());
  }

  private static ObjectNode times(ObjectNode body, Duration lifetime, Duration window) {
    return body.put("ttl", lifetime.toMinutes()).put("refresh_ttl", window.toMinutes());
  }

  private static AggregatedHttpResponse message(HttpStatus status, String text) {
    return json(status, JsonNodeFactory.instance.objectNode().put("message", text).toString());
  }

  private static AggregatedHttpResponse json(HttpStatus status, String body) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status)
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANYWHERE)
            .build(),
        HttpData.ofUtf8(body));
  }
}
