package io.jeton.server.grpc;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Gives a call what its client asked for besides the answer: its request id again, and where the
 * time went. A call that asks for nothing passes through untouched. Never blocks; safe for use by
 * several threads.
 */
final class TrailInterceptor implements ServerInterceptor {
  /** The header that names a request, and comes back if it was sent. */
  static final AsciiString ID = HttpHeaderNames.of("x-request-id");

  private static final AsciiString TIMING = HttpHeaderNames.of("x-jeton-timing");
  private static final Metadata.Key<String> ID_KEY = key(ID);
  private static final Metadata.Key<String> TIMING_KEY = key(TIMING);

  private static Metadata.Key<String> key(AsciiString name) {
    return Metadata.Key.of(name.toString(), Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Whether a header of this name asks where the time went. */
  static boolean isTiming(AsciiString header) {
    return header.equals(TIMING);
  }

  /** The id that comes back with an answer; null when the client sent none. */
  static @Nullable String askedId(ServiceRequestContext context) {
    return context.request().headers().contains(ID) ? CallerInterceptor.requestId(context) : null;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServiceRequestContext context = ServiceRequestContext.current();
    RequestHeaders sent = context.request().headers();
    boolean isNamed = sent.contains(ID);
    CallTiming timing = sent.contains(TIMING) ? CallTiming.begin(context) : null;
    if (!isNamed && timing == null) {
      return next.startCall(call, headers);
    }
    return next.startCall(new Followed<>(call, context, isNamed, timing), headers);
  }

  private static final class Followed<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final ServiceRequestContext context;
    private final boolean isNamed;
    private final @Nullable CallTiming timing;
    private boolean hasHeaders;

    Followed(
        ServerCall<Q, R> call,
        ServiceRequestContext context,
        boolean isNamed,
        @Nullable CallTiming timing) {
      super(call);
      this.context = context;
      this.isNamed = isNamed;
      this.timing = timing;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      hasHeaders = true;
      name(headers);
      super.sendHeaders(headers);
    }

    @Override
    public void sendMessage(R message) {
      if (timing != null) {
        timing.answered(message);
      }
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!hasHeaders) {
        name(trailers);
      }
      if (timing != null) {
        trailers.put(TIMING_KEY, timing.text());
      }
      super.close(status, trailers);
    }

    private void name(Metadata metadata) {
      if (isNamed) {
        metadata.put(ID_KEY, CallerInterceptor.requestId(context));
      }
    }
  }
}
