package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.VerifyTokenRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests outside their limits: a status with its reason, nothing changed, no word of a Java
 * class.
 */
class WrongInputTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final String MEGABYTE = "x".repeat(1 << 20);

  @Test
  void aMegabyteInAnyField_isAFieldProblem() {
    IssueTokenRequest.Builder issue = IssueTokenRequest.newBuilder();
    VerifyTokenRequest.Builder verify = VerifyTokenRequest.newBuilder().setToken("t");
    assertInvalid(
        "realm", () -> node.tokens().issueToken(issue.clone().setRealm(MEGABYTE).build()));
    assertInvalid("kind", () -> node.tokens().issueToken(issue.clone().setKind(MEGABYTE).build()));
    assertInvalid(
        "subject", () -> node.tokens().issueToken(issue.clone().setSubject(MEGABYTE).build()));
    assertInvalid(
        "scopes[0]", () -> node.tokens().issueToken(issue.clone().addScopes(MEGABYTE).build()));
    assertInvalid(
        "app_id", () -> node.tokens().issueToken(issue.clone().setAppId(MEGABYTE).build()));
    assertInvalid("name", () -> node.tokens().issueToken(issue.clone().setName(MEGABYTE).build()));
    assertInvalid(
        "request_id", () -> node.tokens().issueToken(issue.clone().setRequestId(MEGABYTE).build()));
    assertInvalid(
        "supplied.code",
        () -> {
          IssueTokenRequest.Builder request = issue.clone();
          request.getSuppliedBuilder().setCode(MEGABYTE);
          node.tokens().issueToken(request.build());
        });
    assertInvalid(
        "token", () -> node.tokens().verifyToken(verify.clone().setToken(MEGABYTE).build()));
    assertInvalid(
        "realm", () -> node.tokens().verifyToken(verify.clone().setRealm(MEGABYTE).build()));
    assertInvalid(
        "app_id", () -> node.tokens().verifyToken(verify.clone().setAppId(MEGABYTE).build()));
    assertInvalid(
        "required_scopes[0]",
        () -> node.tokens().verifyToken(verify.clone().addRequiredScopes(MEGABYTE).build()));
    assertInvalid(
        "token",
        () -> node.tokens().getToken(GetTokenRequest.newBuilder().setToken(MEGABYTE).build()));
    assertInvalid(
        "id", () -> node.tokens().getToken(GetTokenRequest.newBuilder().setId(MEGABYTE).build()));
    assertInvalid(
        "page_token",
        () ->
            node.tokens()
                .listTokens(ListTokensRequest.newBuilder().setPageToken(MEGABYTE).build()));
  }

  /**
   * All of their problems in one answer would be too large for a header, and would end the
   * connection.
   */
  @Test
  void aListThatIsFarTooLong_isAFieldProblem_andTheConnectionGoesOn() {
    IssueTokenRequest.Builder issue = IssueTokenRequest.newBuilder();
    CreateCallerRequest.Builder create = CreateCallerRequest.newBuilder().setName("far-too-long");
    for (int i = 0; i < 60; i++) {
      issue.addScopes("a b");
    }
    assertInvalid("scopes[0]", () -> node.tokens().issueToken(issue.build()));
    for (int i = 0; i < 100_000; i++) {
      issue.addScopes("a b");
      create.addGrantsBuilder().setRealm("NO");
    }
    assertInvalid("scopes", () -> node.tokens().issueToken(issue.build()));
    assertInvalid("grants", () -> node.callers().createCaller(create.build()));
    node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken("t").build());
  }

  @Test
  void wrongScopesKindsNumbersAndTimes_areNamed() {
    for (String scope : List.of("", "a b", "a\"b", "a\\b", "é", "a\n")) {
      assertInvalid(
          "scopes[0]",
          () -> node.tokens().issueToken(IssueTokenRequest.newBuilder().addScopes(scope).build()));
    }
    for (String kind : List.of("Access", "1a", "a b", "a".repeat(33))) {
      assertInvalid(
          "kind",
          () -> node.tokens().issueToken(IssueTokenRequest.newBuilder().setKind(kind).build()));
    }
    for (int size : new int[] {-1, 1001, Integer.MAX_VALUE}) {
      assertInvalid(
          "page_size",
          () -> node.tokens().listTokens(ListTokensRequest.newBuilder().setPageSize(size).build()));
    }
    for (String id : List.of("", "0", "01", "-1", "1e3", "99999999999999999", "x")) {
      assertInvalid(
          "id", () -> node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setId(id).build()));
    }
    for (Duration lifetime :
        List.of(
            Duration.getDefaultInstance(),
            Duration.newBuilder().setSeconds(-1).build(),
            Duration.newBuilder().setNanos(999).build(),
            Duration.newBuilder().setNanos(-5).setSeconds(3).build(),
            Duration.newBuilder().setNanos(2_000_000_000).setSeconds(3).build(),
            Duration.newBuilder().setSeconds(Long.MAX_VALUE).build(),
            Duration.newBuilder().setSeconds(Long.MIN_VALUE).build())) {
      assertInvalid(
          "lifetime",
          () ->
              node.tokens()
                  .issueToken(IssueTokenRequest.newBuilder().setLifetime(lifetime).build()));
    }
    for (Timestamp end :
        List.of(
            Timestamp.newBuilder().setSeconds(253_402_300_800L).build(),
            Timestamp.newBuilder().setSeconds(4_000_000_000L).setNanos(-1).build(),
            Timestamp.newBuilder().setSeconds(4_000_000_000L).setNanos(1_000_000_000).build(),
            Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build(),
            Timestamp.newBuilder().setSeconds(Long.MIN_VALUE).build())) {
      assertInvalid(
          "expire_time",
          () ->
              node.tokens().issueToken(IssueTokenRequest.newBuilder().setExpireTime(end).build()));
    }
  }

  @Test
  void aLookupThatIsMissing_isAFieldProblem() {
    assertInvalid("lookup", () -> node.tokens().getToken(GetTokenRequest.getDefaultInstance()));
    assertInvalid(
        "lookup", () -> node.tokens().revokeToken(RevokeTokenRequest.getDefaultInstance()));
    assertInvalid(
        "token", () -> node.tokens().verifyToken(VerifyTokenRequest.getDefaultInstance()));
  }

  /** Bytes that are no message, with a seed that a failure can be repeated with. */
  @Test
  void bytesThatAreNoMessage_areRefusedCleanly() {
    Random random = new Random(20261121);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      for (MethodDescriptor<?, ?> method :
          List.of(
              TokenServiceGrpc.getVerifyTokenMethod(),
              TokenServiceGrpc.getIssueTokenMethod(),
              TokenServiceGrpc.getListTokensMethod())) {
        Status status = send(method, bytes);
        assertThat(status.getCode())
            .as("%s with %s", method.getFullMethodName(), java.util.HexFormat.of().formatHex(bytes))
            .isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
        assertNoJava(String.valueOf(status.getDescription()));
      }
    }
  }

  /** A stranger can make the public services keep no more than a few kilobytes. */
  @Test
  void aLargeMessageToAPublicService_isRefused() {
    Status status =
        sendOn(node.channel(), io.grpc.health.v1.HealthGrpc.getCheckMethod(), new byte[8 << 10]);
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aHeaderThatIsNotBase64_isABadRequest() throws Exception {
    java.net.http.HttpResponse<String> response =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        URI.create(
                            "http://"
                                + node.channel().authority()
                                + "/jeton.v1.TokenService/VerifyToken"))
                    .header("content-type", "application/grpc+proto")
                    .header("te", "trailers")
                    .header("x-bin", "%%%")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(400);
    assertNoJava(response.body());
  }

  private static Status send(MethodDescriptor<?, ?> method, byte[] bytes) {
    return sendOn(node.tokens().getChannel(), method, bytes);
  }

  private static Status sendOn(
      io.grpc.Channel channel, MethodDescriptor<?, ?> method, byte[] bytes) {
    MethodDescriptor.Marshaller<byte[]> raw =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            return new byte[0];
          }
        };
    try {
      ClientCalls.blockingUnaryCall(
          channel,
          MethodDescriptor.newBuilder(raw, raw)
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(method.getFullMethodName())
              .build(),
          CallOptions.DEFAULT,
          bytes);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(failure.fields()).containsExactly(field);
    assertThat(failure.metadata()).containsEntry("field", field);
    assertThat(failure.message()).startsWith(field + ": ").hasSizeLessThan(300);
    assertNoJava(failure.message());
  }

  private static void assertNoJava(String message) {
    assertThat(message).doesNotContain("Exception", "java.", "io.jeton", "com.google");
  }
}
