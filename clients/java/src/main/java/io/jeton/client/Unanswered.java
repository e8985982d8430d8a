package io.jeton.client;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what happened to a call that the server itself did not answer. */
final class Unanswered {
  private Unanswered() {}

  static String message(Status status, String server) {
    return switch (status.getCode()) {
      case UNAVAILABLE -> "no answer from " + server + ": " + why(status);
      case DEADLINE_EXCEEDED -> "no answer from " + server + " in time";
      case CANCELLED -> "the call was cancelled";
      default -> server + " answered " + status.getCode() + ": " + firstLine(status);
    };
  }

  private static String why(Status status) {
    for (Throwable t = status.getCause(); t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return "unknown host";
      }
      if (t instanceof ConnectException) {
        return "connection refused";
      }
      if (t instanceof SSLException) {
        return "TLS: " + firstLine(t.getMessage());
      }
    }
    return firstLine(status);
  }

  private static String firstLine(Status status) {
    return firstLine(status.getDescription());
  }

  /** The transport appends its pipeline and stack to a message, each on a line of its own. */
  private static String firstLine(@Nullable String text) {
    return text == null ? "no description" : text.lines().findFirst().orElse("no description");
  }
}
