package io.jeton.bridge.contract.lanying;

import com.linecorp.armeria.common.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the headers of a request say about who calls. A header that is sent twice says nothing
 * certain.
 *
 * @param token the access token; none when it cannot be one
 * @param users the values of {@code user_id} that are not empty
 * @param groups the values of {@code group_id} that are not empty
 */
record Attached(Optional<String> token, List<String> users, List<String> groups) {
  static final String USER = "user_id";
  static final String GROUP = "group_id";
  private static final String APPLICATION = "app_id";
  private static final String TOKEN = "access-token";
  private static final int LONGEST_TOKEN_BYTES = 4096;

  /** What an id can be: it must fit into the numbers that clients in JavaScript have. */
  private static final Pattern ID = Pattern.compile("0*[1-9][0-9]{0,15}");

  static Attached of(RequestHeaders headers) {
    List<String> tokens = values(headers, TOKEN);
    return new Attached(
        tokens.size() == 1
            ? Optional.of(tokens.get(0)).filter(Attached::isShortEnough)
            : Optional.empty(),
        values(headers, USER),
        values(headers, GROUP));
  }

  /**
   * The application that a request is for.
   *
   * @throws FailureException when it does not say it, or says it twice
   */
  static String application(RequestHeaders headers) {
    List<String> values = values(headers, APPLICATION);
    if (values.size() != 1) {
      throw new FailureException(Failure.invalid(APPLICATION));
    }
    return values.get(0);
  }

  /** Whether the request wants to be somebody else's. */
  boolean actsAs() {
    return !users.isEmpty() || !groups.isEmpty();
  }

  /**
   * The user that it wants to be.
   *
   * @throws FailureException when that is no id
   */
  Optional<String> user() {
    return id(USER, users);
  }

  /**
   * The group whose administrator it wants to be.
   *
   * @throws FailureException when that is no id, or it wants to be a user besides
   */
  Optional<String> group() {
    if (!users.isEmpty() && !groups.isEmpty()) {
      throw new FailureException(Failure.invalid(GROUP));
    }
    return id(GROUP, groups);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Attached[****]";
  }

  private static Optional<String> id(String name, List<String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 || !ID.matcher(values.get(0)).matches()) {
      throw new FailureException(Failure.invalid(name));
    }
    return Optional.of(Long.toString(Long.parseLong(values.get(0))));
  }

  private static List<String> values(RequestHeaders headers, String name) {
    return headers.getAll(name).stream().filter(value -> !value.isEmpty()).toList();
  }

  private static boolean isShortEnough(String token) {
    return token.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TOKEN_BYTES;
  }
}
