package io.jeton.bridge.remote;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed call means, by the ErrorInfo of its status, or by its code when it has none. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final String PREFIX = "ERROR_REASON_";

  private Failures() {}

  static CoreException of(Throwable failure) {
    CoreException meant =
        info(failure)
            .map(Failures::told)
            .orElseGet(() -> new CoreException(untold(io.grpc.Status.fromThrowable(failure))));
    switch (meant.reason()) {
      // The bridge's own key: no client can mend that.
      case ERROR_REASON_KEY_MISSING, ERROR_REASON_KEY_INVALID, ERROR_REASON_PERMISSION_MISSING ->
          LOG.warn("The core refuses this bridge: {}", meant.reason());
      case ERROR_REASON_INTERNAL -> LOG.warn("The core failed", failure);
      default -> {}
    }
    return meant;
  }

  private static Optional<ErrorInfo> info(Throwable failure) {
    Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? Optional.empty()
        : status.getDetailsList().stream()
            .filter(detail -> detail.is(ErrorInfo.class))
            .map(Failures::unpack)
            .findFirst();
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }

  private static CoreException told(ErrorInfo info) {
    ErrorReason reason =
        Arrays.stream(ErrorReason.values())
            .filter(each -> each.name().equals(PREFIX + info.getReason()))
            .findFirst()
            .orElse(ErrorReason.ERROR_REASON_INTERNAL);
    return new CoreException(reason, retryAfter(info.getMetadataMap().get("retry_after_seconds")));
  }

  private static Duration retryAfter(@Nullable String seconds) {
    return seconds != null && seconds.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  private static ErrorReason untold(io.grpc.Status status) {
    Code code = status.getCode();
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN ->
          ErrorReason.ERROR_REASON_STORE_UNAVAILABLE;
      default -> ErrorReason.ERROR_REASON_INTERNAL;
    };
  }
}
