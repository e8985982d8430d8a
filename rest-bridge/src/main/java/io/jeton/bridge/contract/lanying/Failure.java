package io.jeton.bridge.contract.lanying;

/**
 * How a request can fail. Only a failure that is no business of the contract has another HTTP
 * status than 200: its clients read code and message of nothing else.
 *
 * @param status the HTTP status
 * @param code the contract's code
 * @param message the text that is sent
 */
record Failure(int status, int code, String message) {
  private static final int OK = 200;
  private static final int INVALID = 10002;

  /** The login or the impersonation is refused; never said which. */
  static final Failure REJECTED = new Failure(OK, 10010, "Operation rejected");

  /** There is no such application. */
  static final Failure UNKNOWN_APPLICATION =
      new Failure(OK, 40000, "Operation rejected: unknown app_id");

  /** The application is disabled. */
  static final Failure APPLICATION_DISABLED =
      new Failure(OK, 40003, "Operation rejected: application disabled");

  /** There were too many attempts. */
  static final Failure TOO_MANY_REQUESTS = new Failure(OK, INVALID, "too many requests");

  /** Nothing is at this path. */
  static final Failure NOT_FOUND = ofStatus(404, "not found");

  /** The path takes another method. */
  static final Failure METHOD_NOT_ALLOWED = ofStatus(405, "method not allowed");

  /** Nothing can be answered at the moment. */
  static final Failure OUTAGE = ofStatus(503, "service unavailable");

  /**
   * What was sent under a name is missing or cannot be taken.
   *
   * @param field the name of a header or a field, or {@code body} or {@code request} for the whole
   */
  static Failure invalid(String field) {
    return new Failure(OK, INVALID, "invalid request parameter: " + field);
  }

  private static Failure ofStatus(int status, String message) {
    return new Failure(status, status, message);
  }
}
