package io.jeton.bridge.contract.liveget;

import java.util.Optional;

/** A parameter of the query that some call looks at. */
enum Parameter {
  TOKEN("token"),
  FUNCTION("function"),
  OBJECT("object"),
  PASSWORD("password"),
  QQ("qq"),
  TIME("time"),
  MACHINE("machine"),
  IDENTIFICATION("identification");

  private final String text;

  Parameter(String text) {
    this.text = text;
  }

  /** Its name in the query and in answers. */
  String text() {
    return text;
  }

  /** The parameter of a name, decoded; case counts. */
  static Optional<Parameter> of(String name) {
    return switch (name) {
      case "token" -> Optional.of(TOKEN);
      case "function" -> Optional.of(FUNCTION);
      case "object" -> Optional.of(OBJECT);
      case "password" -> Optional.of(PASSWORD);
      case "qq" -> Optional.of(QQ);
      case "time" -> Optional.of(TIME);
      case "machine" -> Optional.of(MACHINE);
      case "identification" -> Optional.of(IDENTIFICATION);
      default -> Optional.empty();
    };
  }
}
