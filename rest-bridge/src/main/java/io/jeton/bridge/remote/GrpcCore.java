package io.jeton.bridge.remote;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc.HealthStub;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.AccountServiceGrpc.AccountServiceStub;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceStub;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.KeyServiceGrpc.KeyServiceStub;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceStub;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.SessionServiceGrpc.SessionServiceStub;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;
import io.jeton.v1.TokenServiceGrpc.TokenServiceStub;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A core that is a server elsewhere, called over gRPC. No call is tried twice: after a failure
 * nobody knows whether it was carried out. Safe for use by several threads; no method but {@link
 * #close} blocks.
 */
public final class GrpcCore implements Core, AutoCloseable {
  /** The metadata that names the end client's address to the server. */
  public static final String CLIENT_ADDRESS = "x-jeton-client-address";

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(800);

  /** Less than the second that a call may take, so that its failure can still be answered. */
  private static final Duration CALL_TIMEOUT = Duration.ofMillis(900);

  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> ADDRESS = header(CLIENT_ADDRESS);
  private static final Metadata.Key<String> REQUEST_ID = header("x-request-id");

  private final ClientFactory connections;
  private final String authorization;
  private final TokenServiceStub tokens;
  private final AccountServiceStub accounts;
  private final KeyServiceStub keys;
  private final SessionServiceStub sessions;
  private final ModuleServiceStub modules;
  private final ApplicationServiceStub applications;
  private final HealthStub health;

  /**
   * Takes a server's address and the service key to present to it. Nothing is sent yet.
   *
   * @param server {@code http://HOST:PORT} or {@code https://HOST:PORT}
   * @param tls what counts if it is the latter
   */
  public GrpcCore(URI server, String key, CoreTls tls) {
    ClientFactoryBuilder builder =
        ClientFactory.builder()
            .connectTimeout(CONNECT_TIMEOUT)
            // So that a connection that leads nowhere any more is noticed before a call is.
            .pingInterval(PING_INTERVAL);
    tls.apply(builder);
    this.connections = builder.build();
    this.authorization = "Bearer " + key;
    this.tokens = stub(server, TokenServiceStub.class);
    this.accounts = stub(server, AccountServiceStub.class);
    this.keys = stub(server, KeyServiceStub.class);
    this.sessions = stub(server, SessionServiceStub.class);
    this.modules = stub(server, ModuleServiceStub.class);
    this.applications = stub(server, ApplicationServiceStub.class);
    this.health = stub(server, HealthStub.class);
  }

  @Override
  public CompletableFuture<IssueTokenResponse> issueToken(
      IssueTokenRequest request, Client client) {
    return call(answer -> tokens(client).issueToken(request, answer));
  }

  @Override
  public CompletableFuture<VerifyTokenResponse> verifyToken(
      VerifyTokenRequest request, Client client) {
    return call(answer -> tokens(client).verifyToken(request, answer));
  }

  @Override
  public CompletableFuture<RefreshTokenResponse> refreshToken(
      RefreshTokenRequest request, Client client) {
    return call(answer -> tokens(client).refreshToken(request, answer));
  }

  @Override
  public CompletableFuture<RevokeTokenResponse> revokeToken(
      RevokeTokenRequest request, Client client) {
    return call(answer -> tokens(client).revokeToken(request, answer));
  }

  @Override
  public CompletableFuture<BindTokenResponse> bindToken(BindTokenRequest request, Client client) {
    return call(answer -> tokens(client).bindToken(request, answer));
  }

  @Override
  public CompletableFuture<ExtendTokenResponse> extendToken(
      ExtendTokenRequest request, Client client) {
    return call(answer -> tokens(client).extendToken(request, answer));
  }

  @Override
  public CompletableFuture<GetTokenResponse> getToken(GetTokenRequest request, Client client) {
    return call(answer -> tokens(client).getToken(request, answer));
  }

  @Override
  public CompletableFuture<ListTokensResponse> listTokens(
      ListTokensRequest request, Client client) {
    return call(answer -> tokens(client).listTokens(request, answer));
  }

  @Override
  public CompletableFuture<EnsureAccountResponse> ensureAccount(
      EnsureAccountRequest request, Client client) {
    return call(answer -> as(client, accounts).ensureAccount(request, answer));
  }

  @Override
  public CompletableFuture<TouchSessionResponse> touchSession(
      TouchSessionRequest request, Client client) {
    return call(answer -> as(client, sessions).touchSession(request, answer));
  }

  @Override
  public CompletableFuture<GetModuleResponse> getModule(GetModuleRequest request, Client client) {
    return call(answer -> as(client, modules).getModule(request, answer));
  }

  @Override
  public CompletableFuture<GetApplicationResponse> getApplication(
      GetApplicationRequest request, Client client) {
    return call(answer -> as(client, applications).getApplication(request, answer));
  }

  @Override
  public CompletableFuture<CheckPasswordResponse> checkPassword(
      CheckPasswordRequest request, Client client) {
    return call(answer -> as(client, accounts).checkPassword(request, answer));
  }

  @Override
  public CompletableFuture<SetForeignTokensResponse> setForeignTokens(
      SetForeignTokensRequest request, Client client) {
    return call(answer -> as(client, keys).setForeignTokens(request, answer));
  }

  /** Whether the server says that it serves; never completes exceptionally. */
  public CompletableFuture<Boolean> isServing() {
    CompletableFuture<HealthCheckResponse> answer =
        call(each -> health.check(HealthCheckRequest.getDefaultInstance(), each));
    return answer.handle(
        (response, failure) -> failure == null && response.getStatus() == ServingStatus.SERVING);
  }

  /** Ends the connections. */
  @Override
  public void close() {
    connections.close();
  }

  private TokenServiceStub tokens(Client client) {
    return as(client, tokens);
  }

  private <S extends AbstractStub<S>> S as(Client client, S stub) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    headers.put(REQUEST_ID, client.requestId());
    if (!client.address().isEmpty()) {
      headers.put(ADDRESS, client.address());
    }
    ClientInterceptor identified = MetadataUtils.newAttachHeadersInterceptor(headers);
    return stub.withInterceptors(identified);
  }

  private static <R> CompletableFuture<R> call(Consumer<StreamObserver<R>> rpc) {
    Answer<R> answer = new Answer<>();
    try {
      rpc.accept(answer);
    } catch (RuntimeException e) {
      answer.onError(e);
    }
    return answer.within(CALL_TIMEOUT);
  }

  private <S> S stub(URI server, Class<S> type) {
    return GrpcClients.builder(URI.create("gproto+" + server))
        .factory(connections)
        .responseTimeout(CALL_TIMEOUT)
        .build(type);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
