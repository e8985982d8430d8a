package io.jeton.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.jeton.server.api.Identity;
import io.jeton.server.api.VerifyTokens;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.VerifyTokenRequest;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers {@code VerifyToken} and {@code BatchVerifyTokens} without the machinery that serves any
 * rpc: one frame in, one frame out, on the event loop. A request that is not an ordinary one
 * (packed, in pieces, unreadable, with the question where the time goes) goes to the gRPC service
 * as it came. Safe for use by several threads; never blocks.
 */
final class VerifyShortcut extends SimpleDecoratingHttpService {
  private static final String ENCODING = "grpc-encoding";
  private static final AsciiString BINARY = AsciiString.cached("-bin");
  private static final String IDENTITY = "identity";

  private final Calls calls;
  private final CallerInterceptor callers;
  private final GrpcErrors errors;
  private final Map<String, Rpc<?, ?>> rpcs;

  /** One of the two. */
  private record Rpc<Q extends MessageLite, R extends MessageLite>(
      Parser<Q> parser, CallMetrics metrics, Verification<Q, R> verification) {
    /** The request within a frame; empty when there is none. */
    Optional<Supplier<CompletableFuture<R>>> read(byte[] frame, ServiceRequestContext context) {
      if (!Frames.isOneMessage(frame)) {
        return Optional.empty();
      }
      try {
        Q request = parser.parseFrom(frame, Frames.HEAD, frame.length - Frames.HEAD);
        return Optional.of(
            () ->
                verification.of(
                    request,
                    CallerInterceptor.current(context),
                    () -> CallerInterceptor.identity(context)));
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    }
  }

  /** What answers a request. */
  @FunctionalInterface
  private interface Verification<Q, R> {
    CompletableFuture<R> of(Q request, Caller caller, Supplier<Identity> identity);
  }

  /**
   * Stands before a service.
   *
   * @param errors what becomes of a message that does not come whole
   */
  VerifyShortcut(
      HttpService whole,
      Calls calls,
      CallerInterceptor callers,
      GrpcErrors errors,
      VerifyTokens verify) {
    super(whole);
    this.calls = calls;
    this.callers = callers;
    this.errors = errors;
    this.rpcs =
        Map.of(
            "/" + TokenServiceGrpc.getVerifyTokenMethod().getFullMethodName(),
            new Rpc<>(
                VerifyTokenRequest.parser(),
                calls.metrics(TokenServiceGrpc.getVerifyTokenMethod()),
                verify::verify),
            "/" + TokenServiceGrpc.getBatchVerifyTokensMethod().getFullMethodName(),
            new Rpc<>(
                BatchVerifyTokensRequest.parser(),
                calls.metrics(TokenServiceGrpc.getBatchVerifyTokensMethod()),
                verify::verifyAll));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    Rpc<?, ?> rpc = rpcs.get(context.mappedPath());
    if (rpc == null || !isOrdinary(request.headers())) {
      return unwrap().serve(context, request);
    }
    try {
      callers.identify(context);
    } catch (RefusedException e) {
      return UnaryAnswer.failed(GrpcErrors.exception(e, ""), TrailInterceptor.askedId(context));
    }
    CompletableFuture<AggregatedHttpRequest> whole =
        request.aggregate(
            AggregationOptions.usePooledObjects(context.alloc(), context.eventLoop()));
    if (whole.isDone() && !whole.isCompletedExceptionally()) {
      return answer(rpc, context, request.headers(), whole.join());
    }
    CompletableFuture<HttpResponse> response =
        whole.handle(
            context.makeContextAware(
                (AggregatedHttpRequest all, Throwable failure) ->
                    failure == null
                        ? answer(rpc, context, request.headers(), all)
                        : unread(context, Exceptions.peel(failure))));
    return response.isDone() && !response.isCompletedExceptionally()
        ? response.join()
        : HttpResponse.of(response);
  }

  private HttpResponse unread(ServiceRequestContext context, Throwable failure) {
    return UnaryAnswer.failed(errors.unread(context, failure), TrailInterceptor.askedId(context));
  }

  private <R extends MessageLite> HttpResponse answer(
      Rpc<?, R> rpc,
      ServiceRequestContext context,
      RequestHeaders headers,
      AggregatedHttpRequest whole) {
    byte[] frame;
    try (HttpData content = whole.content()) {
      frame = content.array();
    }
    Optional<Supplier<CompletableFuture<R>>> call = rpc.read(frame, context);
    if (call.isEmpty()) {
      try {
        return unwrap().serve(context, HttpRequest.of(headers, HttpData.wrap(frame)));
      } catch (Exception e) {
        return Exceptions.throwUnsafely(e);
      }
    }
    UnaryAnswer<R> answer = new UnaryAnswer<>(TrailInterceptor.askedId(context));
    calls.answer(rpc.metrics, answer, call.get());
    return answer.response();
  }

  /** Whether the message comes as most clients send it. */
  private static boolean isOrdinary(RequestHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    return headers.method() == HttpMethod.POST
        && ("application/grpc".equals(type) || "application/grpc+proto".equals(type))
        && IDENTITY.equals(headers.get(ENCODING, IDENTITY))
        && !asksForMore(headers);
  }

  /**
   * Whether there are bytes among the headers, which have to be readable, or one that asks for more
   * than the answer.
   */
  private static boolean asksForMore(RequestHeaders headers) {
    for (Map.Entry<AsciiString, String> header : headers) {
      AsciiString name = header.getKey();
      if (name.endsWith(BINARY) || TrailInterceptor.isTiming(name)) {
        return true;
      }
    }
    return false;
  }
}
