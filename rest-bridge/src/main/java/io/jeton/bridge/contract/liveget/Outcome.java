package io.jeton.bridge.contract.liveget;

/** An answer whose text is fixed but for the time, and the parameters that some name. */
enum Outcome {
  TOKEN_VERIFIED(Outcome.SUCCESS, "token_verified", "Token verified."),
  TOKEN_EXISTED(Outcome.FAILURE, "token_existed", "This token existed."),
  TOKEN_NOT_FOUND(Outcome.FAILURE, "token_not_found", "Can't find token."),
  TOKEN_MACHINE_ERROR(Outcome.FAILURE, "token_machine_error", "Machine error."),
  TOKEN_EXPIRED(Outcome.FAILURE, "token_expired", "This token expired."),
  MODULE_NOT_FOUND(Outcome.FAILURE, "module_not_found", "Can't find module."),
  /** The document writes the field with a capital here. */
  MODULE_OVERDUE(Outcome.FAILURE, "module_overdue", "Message", "This module overdue."),
  PASSWORD_INVALID(Outcome.FAILURE, "error_password_invalid", "Password invalid."),
  NEED_PARAMETER(Outcome.FAILURE, "error_need_parameter", "Missing parameter."),
  PARAMETER_INVALID(Outcome.FAILURE, "error_parameter_invalid", "Invalid parameter."),
  ERROR(
      Outcome.SYSTEM_ERROR,
      "error",
      "An error has occurred, please send this page to the website administrator.");

  static final int SUCCESS = 200;
  static final int FAILURE = 110;
  static final int SYSTEM_ERROR = -1;

  private final int code;
  private final String type;
  private final String key;
  private final String message;

  Outcome(int code, String type, String message) {
    this(code, type, "message", message);
  }

  Outcome(int code, String type, String key, String message) {
    this.code = code;
    this.type = type;
    this.key = key;
    this.message = message;
  }

  int code() {
    return code;
  }

  String type() {
    return type;
  }

  /** The name of the field that has the message. */
  String key() {
    return key;
  }

  String message() {
    return message;
  }
}
