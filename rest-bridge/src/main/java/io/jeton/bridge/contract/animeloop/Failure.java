package io.jeton.bridge.contract.animeloop;

import com.linecorp.armeria.common.HttpStatus;

/** How a request can fail: the code and the text that are sent, and with which status. */
enum Failure {
  /** Another method, another path, or a body that cannot be read. */
  BAD_REQUEST(400, 400, "Bad request"),
  TOO_LARGE(413, 400, "Bad request"),
  UNSUPPORTED(415, 400, "Bad request"),
  /** The session is there, but the account is not, is disabled or banned. */
  SESSION_INVALID(200, 1940102, "cookie session validation failed."),
  NO_SESSION(200, 1940103, "cookie session doesn't exist."),
  DATABASE(200, 1950301, "internal server error, database error.");

  private final int status;
  private final int code;
  private final String message;

  Failure(int status, int code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  HttpStatus status() {
    return HttpStatus.valueOf(status);
  }

  int code() {
    return code;
  }

  String message() {
    return message;
  }
}
