package io.jeton.bridge.contract.lanying;

import io.jeton.v1.AccountRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who wants to log in, as it was sent.
 *
 * @param device what the device is called for pushes
 */
record Login(AccountRef account, String password, Optional<String> device) {
  /** More than any name has. */
  private static final int LONGEST_NAME_BYTES = 1024;

  /**
   * The login in a body.
   *
   * @throws FailureException when a field is missing or cannot be taken
   */
  static Login of(Route route, Body body) {
    return new Login(route.account(body), body.text("password"), body.optionalText("device_guid"));
  }

  /** Whether an account can have a name that is so long. */
  static boolean isNameOfSomebody(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[****]";
  }
}
