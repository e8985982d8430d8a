package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.VerifyTokenRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A verification is answered the same on the short way and on the long one, which packs take. */
class VerifyShortcutTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final Metadata.Key<byte[]> TRACE =
      Metadata.Key.of("grpc-trace-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @Test
  void verify_isTheSame_onBothWays() {
    VerifyTokenRequest good = verification(issue());
    assertThat(packed().verifyToken(good).getToken().getSubject()).isEqualTo("shortcut");
    assertThat(node.tokens().verifyToken(good)).isEqualTo(packed().verifyToken(good));
    VerifyTokenRequest unknown = verification("nobody's");
    assertThat(node.tokens().verifyToken(unknown).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN)
        .isEqualTo(packed().verifyToken(unknown).getReason());
  }

  @Test
  void batch_isTheSame_onBothWays() {
    BatchVerifyTokensRequest batch =
        BatchVerifyTokensRequest.newBuilder()
            .addRequests(verification(issue()))
            .addRequests(verification("jt_broken"))
            .build();
    packed().batchVerifyTokens(batch);
    assertThat(node.tokens().batchVerifyTokens(batch)).isEqualTo(packed().batchVerifyTokens(batch));
  }

  @Test
  void aRefusal_isTheSame_onBothWays() {
    VerifyTokenRequest nowhere =
        VerifyTokenRequest.newBuilder().setToken("t").setRealm("no-such-realm").build();
    VerifyTokenRequest empty = VerifyTokenRequest.getDefaultInstance();
    for (VerifyTokenRequest wrong : new VerifyTokenRequest[] {nowhere, empty}) {
      Failure shortWay = Failure.of(() -> node.tokens().verifyToken(wrong));
      assertThat(shortWay).isEqualTo(Failure.of(() -> packed().verifyToken(wrong)));
    }
  }

  @Test
  void strangersAndMessagesThatAreTooLarge_areRefusedTheSame_onBothWays() {
    VerifyTokenRequest any = verification("t");
    TokenServiceBlockingStub stranger = TokenServiceGrpc.newBlockingStub(node.channel());
    assertThat(Failure.of(() -> stranger.verifyToken(any)))
        .isEqualTo(Failure.of(() -> stranger.withCompression("gzip").verifyToken(any)));
    for (int megabytes : new int[] {3, 6}) {
      VerifyTokenRequest large = verification("x".repeat(megabytes << 20));
      Failure shortWay = Failure.of(() -> node.tokens().verifyToken(large));
      assertThat(shortWay.kind()).isEqualTo("RESOURCE_EXHAUSTED REQUEST_TOO_LARGE");
      assertThat(shortWay).isEqualTo(Failure.of(() -> timed().verifyToken(large)));
    }
  }

  /** The long way says how the answer is packed. */
  @Test
  void anOrdinaryVerification_takesTheShortWay() throws Exception {
    String path = "/" + TokenServiceGrpc.getVerifyTokenMethod().getFullMethodName();
    String key = "Bearer " + node.adminKey();
    VerifyTokenRequest any = verification("t");
    try (PlainCalls calls = new PlainCalls(node.url())) {
      PlainCalls.Answer ordinary = calls.call(PlainCalls.headers(path, "authorization", key), any);
      assertThat(ordinary.status()).contains(Status.Code.OK);
      assertThat(ordinary.isOfTheLongWay()).isFalse();
      PlainCalls.Answer timed =
          calls.call(PlainCalls.headers(path, "authorization", key, "x-jeton-timing", "1"), any);
      assertThat(timed.status()).contains(Status.Code.OK);
      assertThat(timed.isOfTheLongWay()).isTrue();
    }
  }

  /** A proxy before the server names every request. */
  @Test
  void aRequestId_comesBackTheSame_onBothWays() throws Exception {
    String path = "/" + TokenServiceGrpc.getVerifyTokenMethod().getFullMethodName();
    String key = "Bearer " + node.adminKey();
    VerifyTokenRequest refused =
        VerifyTokenRequest.newBuilder().setToken("t").setRealm("no-such-realm").build();
    try (PlainCalls calls = new PlainCalls(node.url())) {
      for (String id : List.of("order-4711", "a".repeat(65))) {
        for (VerifyTokenRequest request : List.of(verification("jt_broken"), refused)) {
          for (String sent : List.of(key, "Bearer jt_svc_nobodys")) {
            RequestHeaders named =
                PlainCalls.headers(path, "authorization", sent, "x-request-id", id);
            PlainCalls.Answer shortWay = calls.call(named, request);
            PlainCalls.Answer longWay =
                calls.call(named.toBuilder().set("x-jeton-timing", "1").build(), request);
            assertThat(shortWay.isOfTheLongWay()).isFalse();
            assertThat(longWay.isOfTheLongWay()).isTrue();
            assertThat(shortWay.status()).isEqualTo(longWay.status());
            assertThat(shortWay.content()).isEqualTo(longWay.content());
            for (String name : List.of("grpc-message", "grpc-status-details-bin")) {
              assertThat(shortWay.headers().get(name)).isEqualTo(longWay.headers().get(name));
            }
            for (PlainCalls.Answer answer : List.of(shortWay, longWay)) {
              assertThat(answer.headers().get("x-request-id"))
                  .matches(id.length() > 64 ? "[0-9a-f]{8,}" : id);
            }
          }
        }
      }
    }
  }

  @Test
  void aBinaryHeader_isNoHindrance() {
    Metadata headers = new Metadata();
    headers.put(TRACE, new byte[] {0, 1, (byte) 0xff});
    TokenServiceBlockingStub traced =
        node.tokens().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    assertThat(traced.verifyToken(verification(issue())).getActive()).isTrue();
  }

  private static TokenServiceBlockingStub timed() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-jeton-timing", Metadata.ASCII_STRING_MARSHALLER), "1");
    return node.tokens().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static TokenServiceBlockingStub packed() {
    return node.tokens().withCompression("gzip");
  }

  private static String issue() {
    return node.tokens()
        .issueToken(IssueTokenRequest.newBuilder().setSubject("shortcut").build())
        .getSecret();
  }

  private static VerifyTokenRequest verification(String token) {
    return VerifyTokenRequest.newBuilder().setToken(token).build();
  }
}
