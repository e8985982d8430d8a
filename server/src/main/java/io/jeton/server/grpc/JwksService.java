package io.jeton.server.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.jeton.server.api.PublishedKeys;

/**
 * {@code GET /.well-known/jwks.json?realm=NAME}: a realm's public keys as a JSON Web Key Set (RFC
 * 7517), for whoever verifies tokens without asking Jeton. Never blocks; safe for use by several
 * threads.
 */
public final class JwksService extends AbstractHttpService {
  /** The path that it is to be mounted at. */
  public static final String PATH = "/.well-known/jwks.json";

  private static final ResponseHeaders OK =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.JSON_UTF_8)
          .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=300")
          .build();

  private final PublishedKeys keys;

  public JwksService(PublishedKeys keys) {
    this.keys = keys;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    String realm = context.queryParam("realm");
    return HttpResponse.of(OK, HttpData.ofUtf8(keys.json(realm == null ? "" : realm)));
  }

  @Override
  protected HttpResponse doHead(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(OK);
  }
}
