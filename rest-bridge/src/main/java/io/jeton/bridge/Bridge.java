package io.jeton.bridge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerErrorHandler;

/** What answers the requests that are not gRPC. Safe for use by several threads; never blocks. */
public final class Bridge {
  private static final ResponseHeaders NOT_FOUND =
      ResponseHeaders.builder(HttpStatus.NOT_FOUND)
          .contentType(MediaType.JSON_UTF_8)
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .build();
  private static final HttpData NOTHING_HERE = HttpData.ofUtf8("{\"error\":\"not found\"}");

  private static final ResponseHeaders BAD_REQUEST =
      NOT_FOUND.toBuilder().status(HttpStatus.BAD_REQUEST).build();
  private static final HttpData UNREADABLE = HttpData.ofUtf8("{\"error\":\"bad request\"}");

  private Bridge() {}

  /**
   * Answers every path that no contract owns: 404, with a JSON body that repeats nothing of the
   * request, since a path may hold a secret.
   */
  public static HttpService unowned() {
    return (context, request) -> HttpResponse.of(NOT_FOUND, NOTHING_HERE);
  }

  /**
   * Answers a request that failed before a service could answer it: 400 when it could not be read,
   * else 500; never a word of the failure.
   */
  public static ServerErrorHandler failures() {
    return (context, cause) ->
        cause instanceof IllegalArgumentException
            ? HttpResponse.of(BAD_REQUEST, UNREADABLE)
            : ServerErrorHandler.ofDefault().onServiceException(context, cause);
  }
}
