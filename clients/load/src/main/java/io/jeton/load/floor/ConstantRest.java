package io.jeton.load.floor;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.annotation.Get;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * F2: an annotated service on Armeria's event loop, answering each path with a constant as long as
 * the real answer. What it does not do, no REST service on this stack can do faster.
 */
public final class ConstantRest {
  /** The line by which the program says where it listens, up to the port. */
  public static final String READY = "constant rest ready on ";

  private static final HttpData TOKEN =
      HttpData.ofUtf8(
          "{\"expire\":\"2026-12-21T12:00:00.000Z\",\"scope\":[\"profile\",\"write\"]}");
  private static final HttpData VERIFIED =
      HttpData.ofUtf8(
          "{\n  \"code\": 200,\n  \"type\": \"token_verified\",\n  \"message\": \"Token verified.\",\n"
              + "  \"time\": \"2026/12/21-12:00:00\"\n}");

  /**
   * Listens on a free port of the loopback address until the process is ended.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Server server = server();
    server.start().join();
    System.out.println(READY + "http://127.0.0.1:" + server.activeLocalPort());
  }

  /** A server that is not started yet. */
  public static Server server() {
    return Server.builder()
        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .workerGroup(1)
        .annotatedService(new ConstantRest())
        .build();
  }

  /** What chatot answers to {@code GET /token}. */
  @Get("/token")
  public HttpResponse token() {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, TOKEN);
  }

  /** What liveget answers to {@code GET /token/verify}. */
  @Get("/token/verify")
  public HttpResponse verify() {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, VERIFIED);
  }
}
