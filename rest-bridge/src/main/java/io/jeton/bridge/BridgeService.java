package io.jeton.bridge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.jeton.bridge.Contract.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every request to the contract instance that owns its path, and sees to it that the instance
 * answers whatever happens. Safe for use by several threads; never blocks.
 */
final class BridgeService implements HttpService {
  private static final Logger logger = LoggerFactory.getLogger(BridgeService.class);

  /** The most bytes of a body. */
  static final int MAX_BODY_BYTES = 102_400;

  /** How long a body may take to arrive. */
  private static final int BODY_MILLIS = 10_000;

  /** How long a body may take that has been announced as too large: who sends it reads then. */
  private static final int TOO_LARGE_MILLIS = 1_000;

  /** How long an instance may take to answer; an outage is told within a second. */
  private static final int ANSWER_MILLIS = 950;

  private final Router router;
  private final Inquiries inquiries;
  private final LateAnswers late = new LateAnswers(System::nanoTime);

  BridgeService(Router router, Inquiries inquiries) {
    this.router = router;
    this.inquiries = inquiries;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    Optional<Owner> owner = router.owner(Inquiries.path(context.rawPath()));
    if (owner.isEmpty()) {
      return Bridge.unowned().serve(context, request);
    }
    context.setMaxRequestLength(MAX_BODY_BYTES);
    Contract contract = owner.get().contract();
    boolean namesOneHost = Inquiries.namesOneHost(request.headers());
    Inquiry bare = inquiries.of(owner.get(), context, request.headers(), namesOneHost);
    if (!namesOneHost) {
      return Bridge.response(contract.refuse(bare, Problem.UNREADABLE));
    }
    boolean tooLarge = request.headers().contentLength() > MAX_BODY_BYTES;
    if (tooLarge && request.headers().contains(HttpHeaderNames.EXPECT)) {
      return Bridge.response(contract.refuse(bare, Problem.TOO_LARGE));
    }
    Problem unfinished = tooLarge ? Problem.TOO_LARGE : Problem.UNREADABLE;
    CompletableFuture<AggregatedHttpResponse> answer =
        request
            .aggregate()
            .orTimeout(tooLarge ? TOO_LARGE_MILLIS : BODY_MILLIS, TimeUnit.MILLISECONDS)
            .thenCompose(whole -> answer(contract, bare.withBody(whole.content().array())))
            .exceptionally(cause -> unread(contract, bare, unfinished, cause));
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? Bridge.response(answer.join())
        : HttpResponse.of(answer.thenApply(Bridge::response));
  }

  /** Bodies are read as they come; answers are sent whole. */
  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return ExchangeType.REQUEST_STREAMING;
  }

  /** The instance's answer, in time. One that comes too late is none, and so not counted. */
  private CompletableFuture<AggregatedHttpResponse> answer(Contract contract, Inquiry inquiry) {
    CompletableFuture<AggregatedHttpResponse> answer;
    try {
      answer = contract.answer(inquiry);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return answer;
    }
    return answer
        .orTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(
            cause -> {
              unanswered(inquiry.client().requestId(), Exceptions.peel(cause));
              return contract.refuse(inquiry, Problem.OUTAGE);
            });
  }

  private void unanswered(String requestId, Throwable cause) {
    if (cause instanceof TimeoutException) {
      late.note(requestId);
    } else {
      logger.error("Request {} was not answered", requestId, withoutMessage(cause));
    }
  }

  /**
   * The answer to a request whose body did not come. When the server has seen to that itself, so
   * does {@link Refusals} to the answer: the contract is to be asked for it once.
   */
  private static AggregatedHttpResponse unread(
      Contract contract, Inquiry bare, Problem unfinished, Throwable cause) {
    Throwable peeled = Exceptions.peel(cause);
    if (peeled instanceof TimeoutException) {
      return contract.refuse(bare, unfinished);
    }
    throw new CompletionException(peeled);
  }

  /** A message can hold what the client sent. */
  private static Throwable withoutMessage(Throwable cause) {
    Throwable told = new IllegalStateException(cause.getClass().getName());
    told.setStackTrace(cause.getStackTrace());
    return told;
  }
}
