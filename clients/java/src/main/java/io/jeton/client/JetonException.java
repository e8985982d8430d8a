package io.jeton.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call that failed: the server refused it, did not answer in time, or cannot be reached.
 *
 * <p>Neither the message nor a field of it holds a secret. Immutable.
 */
public final class JetonException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String DOMAIN = "jeton";

  private final String code;
  private final transient Optional<String> reason;
  private final transient List<FieldViolation> fieldViolations;

  private JetonException(
      String message,
      String code,
      Optional<String> reason,
      List<FieldViolation> fieldViolations,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.fieldViolations = List.copyOf(fieldViolations);
  }

  /** Reads what the server said; what cannot be read is left out. */
  static JetonException of(StatusRuntimeException e, String server) {
    Status status = e.getStatus();
    Optional<String> reason = Optional.empty();
    List<FieldViolation> violations = new ArrayList<>();
    com.google.rpc.Status details = StatusProto.fromThrowable(e);
    if (details != null) {
      for (Any detail : details.getDetailsList()) {
        try {
          if (detail.is(ErrorInfo.class)) {
            ErrorInfo info = detail.unpack(ErrorInfo.class);
            if (info.getDomain().equals(DOMAIN)) {
              reason = Optional.of(info.getReason());
            }
          } else if (detail.is(BadRequest.class)) {
            for (var v : detail.unpack(BadRequest.class).getFieldViolationsList()) {
              violations.add(new FieldViolation(v.getField(), v.getDescription()));
            }
          }
        } catch (InvalidProtocolBufferException unreadable) {
          e.addSuppressed(unreadable);
        }
      }
    }
    String message = reason.isPresent() ? described(status) : Unanswered.message(status, server);
    return new JetonException(message, status.getCode().name(), reason, violations, e);
  }

  private static String described(Status status) {
    String description = status.getDescription();
    return description == null || description.isEmpty() ? status.getCode().name() : description;
  }

  /** The name of the gRPC status code, such as {@code NOT_FOUND}. */
  public String code() {
    return code;
  }

  /**
   * Why, as a value of {@code ErrorReason} without its prefix, such as {@code TOKEN_NOT_FOUND};
   * empty when it is not the server that answered.
   */
  public Optional<String> reason() {
    return reason;
  }

  /** The fields that were refused; empty unless the reason is {@code FIELD_INVALID}. */
  public List<FieldViolation> fieldViolations() {
    return fieldViolations;
  }
}
