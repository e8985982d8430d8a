package io.jeton.server.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.grpc.Status;
import io.jeton.server.watch.AccessLog;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes the access log of a service: a line for each request, whoever has answered it and however
 * it has ended. Safe for use by several threads; never blocks.
 */
final class LoggedCalls extends SimpleDecoratingHttpService {
  static final String GRPC = "grpc";

  private final String api;
  private final AccessLog log;
  private final ClientAddresses addresses;

  /**
   * Stands before a service.
   *
   * @param api what its calls are said to be of
   */
  LoggedCalls(HttpService service, String api, AccessLog log, ClientAddresses addresses) {
    super(service);
    this.api = api;
    this.log = log;
    this.addresses = addresses;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    CompletableFuture<Void> unused =
        context.log().whenComplete().thenAccept(ended -> write(context, ended));
    return unwrap().serve(context, request);
  }

  private void write(ServiceRequestContext context, RequestLog ended) {
    boolean isGrpc = api.equals(GRPC);
    Status.@Nullable Code code = isGrpc ? code(ended) : null;
    log.write(
        new AccessLog.Call(
            api,
            isGrpc ? context.mappedPath().substring(1) : context.method().name(),
            code == null ? ended.responseHeaders().status().codeAsText() : code.name(),
            code == null ? !ended.responseHeaders().status().isSuccess() : code != Status.Code.OK,
            ended.totalDurationNanos(),
            CallerInterceptor.requestId(context),
            AccessLog.trace(context.request().headers().get("traceparent")),
            CallerInterceptor.callerName(context),
            addresses.of(context.clientAddress(), context.request().headers()).getHostAddress()));
  }

  /** What gRPC has answered; null when the answer is not gRPC's. */
  private static Status.@Nullable Code code(RequestLog ended) {
    String text = ended.responseTrailers().get(GrpcHeaderNames.GRPC_STATUS);
    if (text == null) {
      text = ended.responseHeaders().get(GrpcHeaderNames.GRPC_STATUS);
    }
    if (text != null) {
      return Status.fromCodeValue(Integer.parseInt(text)).getCode();
    }
    // It was cut off, or nobody was there any more.
    return ended.responseCause() == null ? null : Status.Code.CANCELLED;
  }
}
