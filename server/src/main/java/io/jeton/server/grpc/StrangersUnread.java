package io.jeton.server.grpc;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/**
 * Has a message gathered before its call is served only if the call has a valid key. Without one
 * the call is served, which is refused, at its headers: strangers could fill the memory else. Safe
 * for use by several threads; never blocks.
 */
final class StrangersUnread extends SimpleDecoratingHttpService {
  private final CallerInterceptor callers;

  StrangersUnread(HttpService service, CallerInterceptor callers) {
    super(service);
    this.callers = callers;
  }

  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return callers.isKnown(context.headers())
        ? super.exchangeType(context)
        : ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    return unwrap().serve(context, request);
  }
}
