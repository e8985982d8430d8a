package io.jeton.bridge.contract.chatot;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the credential of a request. */
final class Credential {
  private static final int LONGEST_BYTES = 4096;

  private Credential() {}

  /**
   * The second part of {@code Authorization}, which single spaces part. The first is not looked at.
   * A second part that is longer than any token is no credential.
   */
  static Optional<String> of(RequestHeaders headers) {
    String[] parts = headers.get(HttpHeaderNames.AUTHORIZATION, "").split(" ", -1);
    return parts.length < 2
            || parts[1].isEmpty()
            || parts[1].getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES
        ? Optional.empty()
        : Optional.of(parts[1]);
  }
}
