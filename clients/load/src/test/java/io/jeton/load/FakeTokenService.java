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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A token service that keeps nothing and can be told to answer wrongly. Counts what it was asked.
 */
public final class FakeTokenService extends TokenServiceImplBase {
  private static final int SUBJECTS = 100_000;
  private static final Pattern SECRET = Pattern.compile("jt_\\d{49}");

  private long issued;
  public BooleanSupplier isFailing = () -> false;
  public BooleanSupplier isLying = () -> false;
  public BooleanSupplier isMixingUp = () -> false;
  public int verified;
  public int lies;
  public int mixUps;
  public int failures;

  /** Behaves like {@code jeton serve --data-dir D}, as far as it is measured. */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[Arrays.asList(args).indexOf("--data-dir") + 1]);
    Files.createDirectories(data);
    Files.writeString(data.resolve("admin.key"), "jt_svc_test\n");
    Server server = new FakeTokenService().server();
    server.start().join();
    System.out.println("jeton ready on http://127.0.0.1:" + server.activeLocalPort());
  }

  public Server server() {
    return Server.builder()
        .http(new InetSocketAddress("127.0.0.1", 0))
        .workerGroup(1)
        .service(GrpcService.builder().addService(this).build())
        .build();
  }

  @Override
  public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenResponse> responses) {
    // The secret holds the subject's number, so that any instance knows it.
    long subject = Long.parseLong(request.getSubject().substring(1));
    String secret = String.format("jt_%049d", SUBJECTS * issued++ + subject);
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
    String secret = request.getToken();
    if (!SECRET.matcher(secret).matches() || isLying.getAsBoolean()) {
      lies++;
      return VerifyTokenResponse.newBuilder()
          .setReason(InactiveReason.INACTIVE_REASON_UNKNOWN)
          .build();
    }
    String subject = "u" + Long.parseLong(secret.substring(3)) % SUBJECTS;
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
