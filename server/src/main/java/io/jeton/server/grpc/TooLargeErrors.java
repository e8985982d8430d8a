package io.jeton.server.grpc;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that the framework ends by itself because they are too large, in gRPC's words
 * instead of HTTP's. Safe for use by several threads; never blocks.
 */
final class TooLargeErrors implements ServiceErrorHandler {
  private final GrpcErrors errors;

  TooLargeErrors(GrpcErrors errors) {
    this.errors = errors;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return GrpcErrors.isTooLarge(cause)
        ? UnaryAnswer.failed(errors.unread(context, cause), TrailInterceptor.askedId(context))
        : null;
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      ServiceRequestContext context,
      RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return cause != null && GrpcErrors.isTooLarge(cause)
        ? AggregatedHttpResponse.of(
            UnaryAnswer.headers(errors.unread(context, cause), TrailInterceptor.askedId(context)))
        : null;
  }
}
