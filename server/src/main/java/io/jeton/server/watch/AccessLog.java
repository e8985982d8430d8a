package io.jeton.server.watch;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for each call, under the logger {@code jeton.access}. It never holds a path, a query, a
 * header or a body of a request: those of the legacy APIs hold tokens. Safe for use by several
 * threads.
 */
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("jeton.access");

  /** The trace id of a W3C {@code traceparent}. */
  private static final Pattern TRACE =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Which which;

  public AccessLog(Which which) {
    this.which = which;
  }

  /** Which calls are logged. */
  public enum Which {
    NONE,
    FAILED,
    ALL
  }

  /**
   * A call that was answered.
   *
   * @param api {@code grpc}, or the contract instance
   * @param name the rpc, or the HTTP method
   * @param status the gRPC code or the HTTP status
   * @param caller whose key it was; empty of strangers and of the legacy APIs
   * @param client the client's address
   */
  public record Call(
      String api,
      String name,
      String status,
      boolean hasFailed,
      long nanos,
      String requestId,
      Optional<String> trace,
      String caller,
      String client) {}

  /** Whether anything is ever logged. */
  public boolean isOn() {
    return which != Which.NONE;
  }

  /** Writes a call, if such calls are logged. */
  public void write(Call call) {
    if (which == Which.NONE || (which == Which.FAILED && !call.hasFailed)) {
      return;
    }
    LoggingEventBuilder line =
        LOG.atInfo()
            .setMessage("Call")
            .addKeyValue("api", call.api)
            .addKeyValue("call", call.name)
            .addKeyValue("status", call.status)
            .addKeyValue("millis", TimeUnit.NANOSECONDS.toMicros(call.nanos) / 1e3)
            .addKeyValue("request", call.requestId);
    if (call.trace.isPresent()) {
      line = line.addKeyValue("trace", call.trace.get());
    }
    if (!call.caller.isEmpty()) {
      line = line.addKeyValue("caller", call.caller);
    }
    line.addKeyValue("client", call.client).log();
  }

  /** The trace that a request belongs to, if its {@code traceparent} is one. */
  public static Optional<String> trace(@Nullable String traceparent) {
    Matcher matcher = TRACE.matcher(traceparent == null ? "" : traceparent);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
