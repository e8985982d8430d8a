package io.jeton.server.grpc;

import com.google.rpc.Status;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.jeton.server.api.Errors;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.watch.Refusals;
import io.jeton.v1.ErrorReason;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is thrown, as it goes over the wire: a refusal with its reason; everything else is a defect,
 * which is logged whole and answered without a word of it.
 */
final class GrpcErrors implements GrpcExceptionHandlerFunction {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcErrors.class);

  private static final Metadata.Key<Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin", ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

  private static final AttributeKey<Boolean> IS_NOTED =
      AttributeKey.valueOf(GrpcErrors.class, "IS_NOTED");

  private final int maxMessageBytes;
  private final Refusals refusals;

  GrpcErrors(int maxMessageBytes, Refusals refusals) {
    this.maxMessageBytes = maxMessageBytes;
    this.refusals = refusals;
  }

  /** The reason that a status carries; unspecified when it carries none. */
  static ErrorReason reason(StatusRuntimeException status) {
    Metadata trailers = status.getTrailers();
    Status details = trailers == null ? null : trailers.get(DETAILS);
    return details == null ? ErrorReason.ERROR_REASON_UNSPECIFIED : Errors.reason(details);
  }

  /** The exception that carries the status of whatever was thrown. */
  static StatusRuntimeException exception(Throwable thrown, String requestId) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    failure = TokenCache.refusal(failure);
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    if (failure instanceof RefusedException refused) {
      return StatusProto.toStatusRuntimeException(Errors.status(refused));
    }
    LOG.error("Request {} met a defect", requestId, failure);
    return StatusProto.toStatusRuntimeException(Errors.internal(requestId));
  }

  /** Adds the reason to what the framework refuses by itself. */
  @Override
  public io.grpc.@Nullable Status apply(
      RequestContext context, io.grpc.Status status, Throwable cause, Metadata metadata) {
    if (metadata.containsKey(DETAILS)) {
      return status;
    }
    if (status.getCode() == io.grpc.Status.Code.RESOURCE_EXHAUSTED || isTooLarge(cause)) {
      return refuse(Errors.tooLarge(maxMessageBytes), context, metadata);
    }
    if (status.getCode() != io.grpc.Status.Code.INTERNAL
        && status.getCode() != io.grpc.Status.Code.UNKNOWN) {
      return status;
    }
    if (cause instanceof ClosedStreamException || cause instanceof ResponseCompleteException) {
      // The client has gone, or was answered before it had sent everything.
      return status;
    }
    if (cause instanceof RequestTimeoutException) {
      return io.grpc.Status.DEADLINE_EXCEEDED.withDescription("the request did not come in time");
    }
    if (isMalformed(cause)) {
      return refuse(Errors.malformed(), context, metadata);
    }
    String requestId = context.id().shortText();
    LOG.error("Request {} met a defect", requestId, cause);
    return refuse(Errors.internal(requestId), context, metadata);
  }

  /** The exception that carries the status of a call whose message did not come whole. */
  StatusRuntimeException unread(RequestContext context, Throwable cause) {
    Metadata trailers = new Metadata();
    io.grpc.Status status = apply(context, io.grpc.Status.UNKNOWN, cause, trailers);
    return (status == null ? io.grpc.Status.UNKNOWN : status).asRuntimeException(trailers);
  }

  private io.grpc.Status refuse(Status status, RequestContext context, Metadata metadata) {
    // The framework can ask again about the same call.
    if (context.setAttr(IS_NOTED, true) == null) {
      refusals.note(Errors.reason(status), "unread", context.id().shortText());
    }
    metadata.put(DETAILS, status);
    return io.grpc.Status.fromCodeValue(status.getCode()).withDescription(status.getMessage());
  }

  /** Whether the framework did not want to read on. */
  static boolean isTooLarge(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ContentTooLargeException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the framework could not read what came: no message, half of one, no HTTP, or not as it
   * was said to be packed.
   */
  private static boolean isMalformed(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException
          || t instanceof ArmeriaStatusException
          || t instanceof StatusException
          || t instanceof StatusRuntimeException
          || (t instanceof HttpStatusException e && e.httpStatus().isClientError())) {
        return true;
      }
    }
    return false;
  }
}
