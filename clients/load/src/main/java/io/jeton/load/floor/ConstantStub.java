package io.jeton.load.floor;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.Token;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import io.netty.util.ResourceLeakDetector;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * F1: the generated stub on Armeria's event loop, answering VerifyToken with a constant. What it
 * does not do, no token service on this stack can do faster.
 */
public final class ConstantStub extends TokenServiceImplBase {
  /** The number in the subject of every answer, which is {@code u50000}. */
  public static final int SUBJECT = 50_000;

  /** The line by which the program says where it listens, up to the port. */
  public static final String READY = "constant stub ready on ";

  private static final VerifyTokenResponse ANSWER =
      VerifyTokenResponse.newBuilder()
          .setActive(true)
          .setToken(
              Token.newBuilder()
                  .setId("1234567")
                  .setRealm("default")
                  .setKind("access")
                  .setSubject("u" + SUBJECT)
                  .addScopes("profile")
                  .addScopes("write")
                  .setIssueTime(time(1_790_000_000))
                  .setExpireTime(time(1_792_592_000)))
          .setServedFrom(ServedFrom.SERVED_FROM_CACHE)
          .build();

  /**
   * Listens on a free port of the loopback address until the process is ended.
   *
   * @param args a {@link Floor}
   */
  public static void main(String[] args) {
    Server server = server(Floor.valueOf(args[0]));
    server.start().join();
    System.out.println(READY + "http://127.0.0.1:" + server.activeLocalPort());
  }

  /** A server that is not started yet. */
  public static Server server(Floor floor) {
    ServerBuilder server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .workerGroup(1);
    GrpcServiceBuilder service = GrpcService.builder().addService(new ConstantStub());
    if (floor == Floor.LEAN) {
      server.requestTimeoutMillis(0).disableDateHeader().disableServerHeader();
      service.useClientTimeoutHeader(false).unsafeWrapRequestBuffers(true);
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
    return server.service(service.build()).build();
  }

  @Override
  public void verifyToken(
      VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> responses) {
    responses.onNext(ANSWER);
    responses.onCompleted();
  }

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).setNanos(123_456_000).build();
  }
}
