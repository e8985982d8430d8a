package io.jeton.bridge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.util.concurrent.CompletableFuture;

/**
 * One legacy API, mounted for a realm. Implementations are safe for use by several threads, never
 * block, and answer nothing but what their document and {@code docs/} describe.
 */
public interface Contract {
  /** A claim on a path that the contract documents: it beats every other. */
  int DOCUMENTED = Integer.MAX_VALUE;

  /** No claim on a path. */
  int NONE = -1;

  /**
   * How strongly a path is this contract's, for any method: {@link #DOCUMENTED}, {@link #NONE}, or
   * in between how many characters of the path, its prefix included, are claimed as an area. The
   * strongest claim on a path answers it.
   *
   * @param prefix the prefix that the instance is mounted under, without a final slash; may be
   *     empty
   * @param path what follows it in the request's path as it was sent, without the query; begins
   *     with a slash
   */
  int claim(String prefix, String path);

  /** Answers a request. The future never completes exceptionally for what a client sent. */
  CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry);

  /** The answer to a request that could not be carried out. */
  AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem);

  /**
   * Tells the core what the instance needs of it, before the first request and as often as it
   * takes; whoever cancels the future ends the attempts. Most contracts need nothing.
   */
  default CompletableFuture<Void> prepare() {
    return CompletableFuture.completedFuture(null);
  }

  /** Why a request could not be carried out. */
  enum Problem {
    /** The body has more than 102 400 bytes. */
    TOO_LARGE,
    /** It is no request that could be read. */
    UNREADABLE,
    /** Its method is none that HTTP knows, or one that only proxies answer. */
    STRANGE_METHOD,
    /** The core does not answer. */
    OUTAGE
  }
}
