package io.jeton.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What a client is told of a failed call.
 *
 * @param fields the fields of a BadRequest
 */
public record Failure(
    String code, String reason, String message, Map<String, String> metadata, List<String> fields) {

  /** Makes a call that must fail with an ErrorInfo of our domain. */
  public static Failure of(ThrowingCallable call) {
    StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(thrown).as("the call was to fail").isNotNull();
    Status status = StatusProto.fromThrowable(thrown);
    String code = thrown.getStatus().getCode().name();
    assertThat(status).as("details of %s", thrown).isNotNull();
    ErrorInfo info = find(status, ErrorInfo.class, ErrorInfo.getDefaultInstance());
    assertThat(info.getDomain()).as("ErrorInfo of %s", thrown).isEqualTo("jeton");
    return new Failure(
        code,
        info.getReason(),
        status.getMessage(),
        info.getMetadataMap(),
        find(status, BadRequest.class, BadRequest.getDefaultInstance())
            .getFieldViolationsList()
            .stream()
            .map(FieldViolation::getField)
            .toList());
  }

  /** Code and reason, for short assertions. */
  public String kind() {
    return code + " " + reason;
  }

  private static <M extends com.google.protobuf.Message> M find(
      Status status, Class<M> type, M none) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return none;
  }
}
