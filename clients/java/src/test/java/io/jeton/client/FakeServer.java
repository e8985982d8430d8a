package io.jeton.client;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gRPC server on a free port that keeps the headers of what it was called with. */
final class FakeServer implements AutoCloseable {
  final List<Metadata> headers = new CopyOnWriteArrayList<>();
  private final Server server;

  FakeServer(BindableService service) {
    ServerInterceptor recorder =
        new ServerInterceptor() {
          @Override
          public <Q, P> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, P> call, Metadata metadata, ServerCallHandler<Q, P> next) {
            headers.add(metadata);
            return next.startCall(call, metadata);
          }
        };
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(service)
              .intercept(recorder)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://localhost:" + server.getPort();
  }

  JetonClient client() {
    return JetonClient.builder().server(url()).key("jt_svc_test").build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
