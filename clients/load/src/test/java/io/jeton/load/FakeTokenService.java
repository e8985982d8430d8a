package io.jeton.load;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.Token;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A token service in a map, which can be told to answer wrongly. Counts what it was asked. */
public final class FakeTokenService extends TokenServiceImplBase {
  private final Map<String, String> subjects = new HashMap<>();
  public BooleanSupplier isFailing = () -> false;
  public BooleanSupplier isLying = () -> false;
  public BooleanSupplier isMixingUp = () -> false;
  public int verified;
  public int lies;
  public int mixUps;
  public int failures;

  public Server server() {
    return Server.builder()
        .http(new InetSocketAddress("127.0.0.1", 0))
        .workerGroup(1)
        .service(GrpcService.builder().addService(this).build())
        .build();
  }

  @Override
  public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenResponse> responses) {
    String secret = String.format("jt_%049d", subjects.size());
    subjects.put(secret, request.getSubject());
    responses.onNext(IssueTokenResponse.newBuilder().setSecret(secret).build());
    responses.onCompleted();
  }

  @Override
  public void verifyToken(
      VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> responses) {
    verified++;
    if (isFailing.getAsBoolean()) {
      failures++;
      responses.onError(
          Status.UNAVAILABLE.withDescription("no store for jt_secret0").asRuntimeException());
      return;
    }
    responses.onNext(verdict(request));
    responses.onCompleted();
  }

  @Override
  public void batchVerifyTokens(
      BatchVerifyTokensRequest request, StreamObserver<BatchVerifyTokensResponse> responses) {
    var response = BatchVerifyTokensResponse.newBuilder();
    request.getRequestsList().forEach(r -> response.addResponses(verdict(r)));
    responses.onNext(response.build());
    responses.onCompleted();
  }

  private VerifyTokenResponse verdict(VerifyTokenRequest request) {
    String subject = subjects.get(request.getToken());
    if (subject == null || isLying.getAsBoolean()) {
      lies++;
      return VerifyTokenResponse.newBuilder()
          .setReason(InactiveReason.INACTIVE_REASON_UNKNOWN)
          .build();
    }
    if (isMixingUp.getAsBoolean()) {
      mixUps++;
      subject += "0";
    }
    // Long enough that a batch takes several frames.
    Token.Builder token =
        Token.newBuilder().setId("1").setSubject(subject).setName("n".repeat(200));
    return VerifyTokenResponse.newBuilder().setActive(true).setToken(token).build();
  }
}
