package io.jeton.bridge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.jeton.bridge.Contract.Problem;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that no service could be asked about, in the shape of the contract that owns
 * the path. Safe for use by several threads; never blocks.
 */
final class Refusals implements ServerErrorHandler {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final RequestHeaders UNKNOWN = RequestHeaders.of(HttpMethod.UNKNOWN, "/");
  private static final String GRPC = "application/grpc";

  private final Router router;
  private final Inquiries inquiries;
  private final ServerErrorHandler others;

  /**
   * The refusals of a port.
   *
   * @param others what answers requests to services other than the bridge
   */
  Refusals(Router router, Inquiries inquiries, ServerErrorHandler others) {
    this.router = router;
    this.inquiries = inquiries;
    this.others = others;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    Optional<Owner> owner = router.owner(Inquiries.path(context.rawPath()));
    if (context.config().service().as(BridgeService.class) == null || owner.isEmpty()) {
      return others.onServiceException(context, cause);
    }
    RequestHeaders headers = context.request().headers();
    Inquiry inquiry = inquiries.of(owner.get(), context, headers, Inquiries.namesOneHost(headers));
    return Bridge.response(owner.get().contract().refuse(inquiry, problem(Exceptions.peel(cause))));
  }

  @Override
  public AggregatedHttpResponse onProtocolViolation(
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    Optional<Owner> owner =
        headers == null ? router.ownerOfUnreadable() : router.owner(Inquiries.path(headers.path()));
    AggregatedHttpResponse answer =
        owner.isEmpty() || isGrpc(headers)
            ? Bridge.unreadable(status)
            : refuse(owner.get(), headers == null ? UNKNOWN : headers, status);
    return AggregatedHttpResponse.of(
        answer.headers().toBuilder()
            // On this way the server does not add it.
            .set(HttpHeaderNames.DATE, DATE.format(InstantSource.system().instant()))
            .build(),
        answer.content());
  }

  private AggregatedHttpResponse refuse(Owner owner, RequestHeaders headers, HttpStatus status) {
    return Bridge.uncached(
        owner.contract().refuse(inquiries.ofUnreadable(owner, headers), problem(status)));
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof ContentTooLargeException) {
      return Problem.TOO_LARGE;
    }
    if (cause instanceof HttpStatusException e && e.httpStatus().isClientError()) {
      return problem(e.httpStatus());
    }
    return cause instanceof IllegalArgumentException ? Problem.UNREADABLE : Problem.OUTAGE;
  }

  private static Problem problem(HttpStatus status) {
    return switch (status.code()) {
      case 405 -> Problem.STRANGE_METHOD;
      case 413 -> Problem.TOO_LARGE;
      default -> Problem.UNREADABLE;
    };
  }

  private static boolean isGrpc(@Nullable RequestHeaders headers) {
    return headers != null && headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(GRPC);
  }
}
