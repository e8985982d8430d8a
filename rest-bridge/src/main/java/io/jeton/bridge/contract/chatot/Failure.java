package io.jeton.bridge.contract.chatot;

import com.linecorp.armeria.common.HttpStatus;

/** How a request can fail: the contract's names, each with its status and the text that is sent. */
enum Failure {
  MALFORMED_REQUEST("BadRequest", 400, "malformed request"),
  MALFORMED_JSON("BadRequest", 400, "malformed JSON"),
  MALFORMED_ENCODING("BadRequest", 400, "malformed content encoding"),
  UNAUTHORIZED("Unauthorized", 401, "authentication failed"),
  TOO_LARGE("PayloadTooLarge", 413, "request entity too large"),
  UNSUPPORTED_CHARSET("UnsupportedMediaType", 415, "unsupported charset"),
  UNSUPPORTED_ENCODING("UnsupportedMediaType", 415, "unsupported content encoding"),
  TOO_MANY_REQUESTS("TooManyRequests", 429, "too many requests"),
  OUTAGE("ServiceUnavailable", 503, "service unavailable");

  private final String errorName;
  private final int status;
  private final String message;

  Failure(String errorName, int status, String message) {
    this.errorName = errorName;
    this.status = status;
    this.message = message;
  }

  String errorName() {
    return errorName;
  }

  HttpStatus status() {
    return HttpStatus.valueOf(status);
  }

  String message() {
    return message;
  }
}
