package io.jeton.bridge.contract.chatot;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A login and a password, as they were sent.
 *
 * @param login an e-mail address, a phone number or a name
 */
record Login(String login, String password) {
  private static final int LONGEST_LOGIN_BYTES = 1024;

  /**
   * The login in a body.
   *
   * @return empty when the body has neither a login nor a password
   * @throws FailureException when it has one without the other, or one that is none
   */
  static Optional<Login> of(JsonNode body) {
    JsonNode login = body.path("login");
    JsonNode password = body.path("password");
    if (login.isMissingNode() && password.isMissingNode()) {
      return Optional.empty();
    }
    if (!isText(login)
        || !isText(password)
        || login.textValue().getBytes(StandardCharsets.UTF_8).length > LONGEST_LOGIN_BYTES) {
      throw new FailureException(Failure.UNAUTHORIZED);
    }
    return Optional.of(new Login(login.textValue(), password.textValue()));
  }

  /** Whether it is a text that UTF-8 can say: half a surrogate pair would become another text. */
  private static boolean isText(JsonNode node) {
    return node.isTextual() && StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[****]";
  }
}
