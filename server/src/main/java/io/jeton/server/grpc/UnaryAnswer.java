package io.jeton.server.grpc;

import com.google.protobuf.MessageLite;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.common.grpc.protocol.StatusMessageEscaper;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one call, as HTTP: given at once when it is there at once. Written by one thread at
 * a time.
 */
final class UnaryAnswer<R extends MessageLite> implements StreamObserver<R> {
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, "application/grpc+proto");
  private static final HttpHeaders OK =
      HttpHeaders.builder().endOfStream(true).add(GrpcHeaderNames.GRPC_STATUS, "0").build();
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final CompletableFuture<HttpResponse> made = new CompletableFuture<>();
  private final @Nullable String requestId;
  private @Nullable R message;

  /**
   * The answer to a call.
   *
   * @param requestId what it says which request it is of, if the client asked for that
   */
  UnaryAnswer(@Nullable String requestId) {
    this.requestId = requestId;
  }

  @Override
  public void onNext(R only) {
    message = only;
  }

  @Override
  public void onCompleted() {
    R only = message;
    made.complete(
        only == null
            ? failed(io.grpc.Status.INTERNAL.asRuntimeException(), requestId)
            : HttpResponse.of(
                requestId == null ? HEADERS : named(requestId).build(),
                HttpData.wrap(Frames.of(only)),
                OK));
  }

  @Override
  public void onError(Throwable failure) {
    made.complete(failed(GrpcErrors.exception(failure, ""), requestId));
  }

  /** The response: the answer itself, or one that waits for it. */
  HttpResponse response() {
    return made.isDone() ? made.join() : HttpResponse.of(made);
  }

  /** The response to a call that failed. */
  static HttpResponse failed(StatusRuntimeException failure, @Nullable String requestId) {
    return HttpResponse.of(headers(failure, requestId));
  }

  /** A status that is not OK, which is told in the headers alone. */
  static ResponseHeaders headers(StatusRuntimeException failure, @Nullable String requestId) {
    ResponseHeadersBuilder headers =
        named(requestId).add(GrpcHeaderNames.GRPC_STATUS, code(failure));
    String description = failure.getStatus().getDescription();
    if (description != null) {
      headers.add(GrpcHeaderNames.GRPC_MESSAGE, StatusMessageEscaper.escape(description));
    }
    Metadata trailers = failure.getTrailers();
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    if (details != null) {
      headers.add(
          GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
          Base64.getEncoder().withoutPadding().encodeToString(details));
    }
    return headers.endOfStream(true).build();
  }

  private static ResponseHeadersBuilder named(@Nullable String requestId) {
    ResponseHeadersBuilder headers = HEADERS.toBuilder();
    return requestId == null ? headers : headers.set(TrailInterceptor.ID, requestId);
  }

  private static String code(StatusRuntimeException failure) {
    return Integer.toString(failure.getStatus().getCode().value());
  }
}
