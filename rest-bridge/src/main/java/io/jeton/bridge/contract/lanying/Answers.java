package io.jeton.bridge.contract.lanying;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.IssueTokenResponse;
import java.util.Optional;

/** What the contract answers, byte by byte. */
final class Answers {
  private static final String METHOD = "POST";
  private static final String METHODS = "POST, OPTIONS";
  private static final String HEADERS = "app_id, access-token, user_id, group_id, content-type";
  private static final long MILLIS = 1000;

  private Answers() {}

  /** A login that succeeded. */
  static AggregatedHttpResponse loggedIn(
      GetApplicationResponse application, IssueTokenResponse issued, Optional<String> pushToken) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("access_key_secret", application.getAccessKeySecret())
            .put("encrypt_type", application.getApplication().getEncryptType())
            .put("expire", issued.getToken().getExpireTime().getSeconds() * MILLIS)
            .put("public_key", application.getApplication().getPublicKey());
    pushToken.ifPresent(each -> data.put("push_token", each));
    data.put("store_token", issued.getCompanions(0).getSecret())
        .put("token", issued.getSecret())
        .put("user_id", Long.parseLong(issued.getToken().getSubject()));
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("code", HttpStatus.OK.code()).set("data", data);
    return json(headers(HttpStatus.OK), body.putNull("message"));
  }

  static AggregatedHttpResponse failure(Failure failure) {
    ResponseHeadersBuilder headers = headers(HttpStatus.valueOf(failure.status()));
    if (failure.equals(Failure.METHOD_NOT_ALLOWED)) {
      headers.set(HttpHeaderNames.ALLOW, METHODS);
    }
    return json(
        headers,
        JsonNodeFactory.instance
            .objectNode()
            .put("code", failure.code())
            .putNull("data")
            .put("message", failure.message()));
  }

  /** The answer to a preflight. */
  static AggregatedHttpResponse preflight() {
    return AggregatedHttpResponse.of(
        headers(HttpStatus.NO_CONTENT)
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHOD)
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
            .build());
  }

  private static AggregatedHttpResponse json(ResponseHeadersBuilder headers, ObjectNode body) {
    return AggregatedHttpResponse.of(
        headers.contentType(MediaType.JSON_UTF_8).build(), HttpData.ofUtf8(body.toString()));
  }

  private static ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status).set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }
}
