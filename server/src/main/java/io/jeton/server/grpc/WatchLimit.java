package io.jeton.server.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Refuses a connection more than a few watches of the server's health: they need no key and last
 * until the client ends them. Safe for use by several threads; never blocks.
 */
final class WatchLimit extends SimpleDecoratingHttpService {
  /** A client needs one, a proxy one for each of its clients. */
  static final int PER_CONNECTION = 16;

  private static final String WATCH = "/" + HealthGrpc.getWatchMethod().getFullMethodName();
  private static final AttributeKey<AtomicInteger> WATCHES =
      AttributeKey.valueOf(WatchLimit.class, "WATCHES");

  WatchLimit(HttpService service) {
    super(service);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (!context.mappedPath().equals(WATCH)) {
      return unwrap().serve(context, request);
    }
    AtomicInteger watches = watches(context);
    if (watches.incrementAndGet() > PER_CONNECTION) {
      watches.decrementAndGet();
      return UnaryAnswer.failed(
          Status.RESOURCE_EXHAUSTED
              .withDescription("the connection has " + PER_CONNECTION + " watches")
              .asRuntimeException(),
          TrailInterceptor.askedId(context));
    }
    CompletableFuture<Void> unused = context.log().whenComplete().thenRun(watches::decrementAndGet);
    return unwrap().serve(context, request);
  }

  private static AtomicInteger watches(ServiceRequestContext context) {
    Channel channel = context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    if (channel == null) {
      throw new IllegalStateException("a request comes on a connection");
    }
    AtomicInteger none = new AtomicInteger();
    AtomicInteger some = channel.attr(WATCHES).setIfAbsent(none);
    return some == null ? none : some;
  }
}
