package io.jeton.server.grpc;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.jeton.server.api.Errors;
import io.jeton.server.api.Identity;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.watch.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller of every call by its service key, and refuses calls that have none. The callers
 * are held in memory, so an unknown key costs the database nothing.
 */
final class CallerInterceptor implements ServerInterceptor {
  private static final String CLIENT_ADDRESS = "x-jeton-client-address";
  private static final AttributeKey<Caller> CALLER =
      AttributeKey.valueOf(CallerInterceptor.class, "CALLER");

  /** The address of the client behind a trusted proxy. */
  private static final AttributeKey<InetAddress> CLIENT =
      AttributeKey.valueOf(CallerInterceptor.class, "CLIENT");

  /** What this thread has looked up last, for the call that it is about to serve. */
  private static final ThreadLocal<@Nullable Found> FOUND = new ThreadLocal<>();

  private static final String SCHEME = "bearer ";
  private static final int LONGEST_REQUEST_ID = 64;

  private final Supplier<Map<Lookup, Caller>> callers;
  private final ClientAddresses addresses;
  private final Counter refused;
  private final Refusals refusals;

  /** The caller whose key a request has, among those that there were. */
  private record Found(RequestHeaders request, Map<Lookup, Caller> among, Caller caller) {
    /** Whether it is of this very request, and the callers are still the same ones. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(RequestHeaders headers, Map<Lookup, Caller> callers) {
      return request == headers && among == callers;
    }
  }

  CallerInterceptor(
      Supplier<Map<Lookup, Caller>> callers,
      ClientAddresses addresses,
      MeterRegistry metrics,
      Refusals refusals) {
    this.callers = callers;
    this.addresses = addresses;
    this.refused =
        Counter.builder("jeton.grpc.unauthenticated")
            .description("Calls without a valid service key")
            .register(metrics);
    this.refusals = refusals;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    try {
      identify(ServiceRequestContext.current());
    } catch (RefusedException e) {
      StatusRuntimeException status = GrpcErrors.exception(e, "");
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  /**
   * Whether a request has a valid key. What it finds is kept for the call of the request, so that
   * asking costs nothing when that follows at once.
   */
  boolean isKnown(RequestHeaders headers) {
    Map<Lookup, Caller> among = callers.get();
    Caller caller = find(headers.get(HttpHeaderNames.AUTHORIZATION), among);
    FOUND.set(caller == null ? null : new Found(headers, among, caller));
    return caller != null;
  }

  /**
   * Finds the caller of a call by its header, and where the call comes from.
   *
   * @throws RefusedException KEY_MISSING, KEY_INVALID; counted
   */
  void identify(ServiceRequestContext context) {
    try {
      context.setAttr(CALLER, caller(context.request().headers()));
    } catch (RefusedException e) {
      refused.increment();
      refusals.note(Errors.reason(e.refusal()), context.mappedPath(), "");
      throw e;
    }
    InetAddress peer = context.clientAddress();
    InetAddress client = addresses.of(peer, context.request().headers());
    if (!client.equals(peer)) {
      context.setAttr(CLIENT, client);
    }
  }

  /** The caller of the current call. */
  static Caller current(ServiceRequestContext context) {
    Caller caller = context.attr(CALLER);
    if (caller == null) {
      throw RefusedException.of(Refusal.KEY_MISSING);
    }
    return caller;
  }

  /** Whose key the current call has; empty when it has none that is valid. */
  static String callerName(ServiceRequestContext context) {
    Caller caller = context.attr(CALLER);
    return caller == null ? "" : caller.name();
  }

  /**
   * Who makes the current call, from where, and what it is called in the logs. What the caller says
   * of its own client's address counts: whoever has a key is trusted with it.
   */
  static Identity identity(ServiceRequestContext context) {
    Optional<String> endClient = endClient(context.request().headers().get(CLIENT_ADDRESS));
    return new Identity(
        current(context),
        endClient.orElseGet(() -> client(context).getHostAddress()),
        endClient.isPresent(),
        requestId(context));
  }

  private static InetAddress client(ServiceRequestContext context) {
    InetAddress client = context.attr(CLIENT);
    return client == null ? context.clientAddress() : client;
  }

  /** The address in its usual form; empty when it is none. */
  private static Optional<String> endClient(@Nullable String text) {
    byte[] address = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
    if (address == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(address).getHostAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The id that the client gave the request, or one of ours. */
  static String requestId(ServiceRequestContext context) {
    String given = context.request().headers().get("x-request-id");
    return given != null
            && !given.isEmpty()
            && given.length() <= LONGEST_REQUEST_ID
            && given.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? given
        : context.id().shortText();
  }

  private Caller caller(RequestHeaders headers) {
    Map<Lookup, Caller> among = callers.get();
    Found found = FOUND.get();
    if (found != null && found.isOf(headers, among)) {
      FOUND.set(null);
      return found.caller;
    }
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization == null) {
      throw RefusedException.of(Refusal.KEY_MISSING);
    }
    Caller caller = find(authorization, among);
    if (caller == null) {
      throw RefusedException.of(Refusal.KEY_INVALID);
    }
    return caller;
  }

  private static @Nullable Caller find(@Nullable String authorization, Map<Lookup, Caller> among) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String key = authorization.substring(SCHEME.length()).strip();
    return key.startsWith(TokenFormat.SERVICE_KEY_PREFIX)
        ? among.get(Lookups.ofServiceKey(key))
        : null;
  }
}
