package io.jeton.bridge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerErrorHandler;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.function.Consumer;

/** What answers the requests that are not gRPC. Safe for use by several threads; never blocks. */
public final class Bridge {
  private static final String NO_STORE = "no-store";
  private static final ResponseHeaders NOT_FOUND =
      ResponseHeaders.builder(HttpStatus.NOT_FOUND)
          .contentType(MediaType.JSON_UTF_8)
          .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
          .build();
  private static final HttpData NOTHING_HERE = HttpData.ofUtf8("{\"error\":\"not found\"}");
  private static final HttpData UNREADABLE = HttpData.ofUtf8("{\"error\":\"bad request\"}");

  private Bridge() {}

  /**
   * Answers every path: by the instance that claims it most strongly, or as one that no contract
   * owns. The server needs {@link #failures(List, TrustedProxies)} of the same instances besides.
   */
  public static HttpService service(List<Mounted> mounts, TrustedProxies proxies) {
    return new BridgeService(new Router(mounts), new Inquiries(proxies));
  }

  /**
   * Answers every path that no contract owns: 404, with a JSON body that repeats nothing of the
   * request, since a path may hold a secret.
   */
  public static HttpService unowned() {
    return (context, request) -> HttpResponse.of(NOT_FOUND, NOTHING_HERE);
  }

  /**
   * Answers a request that failed before {@link #service} could answer it as the contract that owns
   * the path would, every other as {@link #failures()}.
   */
  public static ServerErrorHandler failures(List<Mounted> mounts, TrustedProxies proxies) {
    return new Refusals(new Router(mounts), new Inquiries(proxies), failures());
  }

  /**
   * Sees to it that contracts are asked also when the query cannot be decoded: the server needs it
   * as the customizer of its connections' pipelines.
   *
   * @param isTls whether the connections are encrypted
   */
  public static Consumer<ChannelPipeline> queries(boolean isTls) {
    return pipeline -> RawQueries.carry(pipeline, isTls);
  }

  /**
   * Answers a request that failed before a service could answer it: 400 when it could not be read,
   * else 500; never a word of the failure.
   */
  public static ServerErrorHandler failures() {
    return (context, cause) ->
        cause instanceof IllegalArgumentException
            ? unreadable(HttpStatus.BAD_REQUEST).toHttpResponse()
            : ServerErrorHandler.ofDefault().onServiceException(context, cause);
  }

  static AggregatedHttpResponse unreadable(HttpStatus status) {
    return AggregatedHttpResponse.of(NOT_FOUND.toBuilder().status(status).build(), UNREADABLE);
  }

  /** An answer that no cache keeps: it is about a secret. */
  static AggregatedHttpResponse uncached(AggregatedHttpResponse answer) {
    return AggregatedHttpResponse.of(uncached(answer.headers()), answer.content());
  }

  /** The same as what is sent. */
  static HttpResponse response(AggregatedHttpResponse answer) {
    return HttpResponse.of(uncached(answer.headers()), answer.content());
  }

  private static ResponseHeaders uncached(ResponseHeaders headers) {
    return NO_STORE.equals(headers.get(HttpHeaderNames.CACHE_CONTROL))
        ? headers
        : headers.toBuilder().set(HttpHeaderNames.CACHE_CONTROL, NO_STORE).build();
  }
}
