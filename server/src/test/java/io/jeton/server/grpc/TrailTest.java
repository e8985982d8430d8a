package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.VerifyTokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client gets besides the answer when it asks for it, and what it does not get else. */
class TrailTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final String NUMBER = "dur=\\d+\\.\\d{3}";

  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();

  @Test
  void timing_saysWhichLayerAnswered() {
    String token = node.tokens().issueToken(IssueTokenRequest.getDefaultInstance()).getSecret();
    VerifyTokenRequest verify = VerifyTokenRequest.newBuilder().setToken(token).build();
    VerifyTokenRequest malformed = VerifyTokenRequest.newBuilder().setToken("jt_x").build();

    var unused = asking("x-jeton-timing", "1").verifyToken(verify);
    assertThat(trailer("x-jeton-timing")).matches("store;" + NUMBER + ", total;" + NUMBER);
    unused = asking("x-jeton-timing", "1").verifyToken(verify);
    assertThat(trailer("x-jeton-timing")).matches("cache;" + NUMBER + ", total;" + NUMBER);
    unused = asking("x-jeton-timing", "1").verifyToken(malformed);
    assertThat(trailer("x-jeton-timing")).matches("total;" + NUMBER);
  }

  @Test
  void timing_ofACallThatBlocks_isItsWaitAndItsQuestions() {
    var unused = asking("x-jeton-timing", "1").issueToken(IssueTokenRequest.getDefaultInstance());

    String timing = trailer("x-jeton-timing");
    assertThat(timing).matches("wait;" + NUMBER + ", store;" + NUMBER + ", total;" + NUMBER);
    assertThat(timing).doesNotContain("store;dur=0.000");
  }

  @Test
  void timing_isToldOfAFailedCallToo() {
    assertThatThrownBy(
            () ->
                asking("x-jeton-timing", "1")
                    .getToken(GetTokenRequest.newBuilder().setId("1").build()))
        .isInstanceOf(StatusRuntimeException.class);

    assertThat(trailer("x-jeton-timing")).contains("store;", "total;");
  }

  @Test
  void requestId_comesBack_whetherTheCallSucceedsOrFails() {
    var unused =
        asking("x-request-id", "order-4711").issueToken(IssueTokenRequest.getDefaultInstance());
    assertThat(header("x-request-id")).isEqualTo("order-4711");

    assertThatThrownBy(
            () ->
                asking("x-request-id", "order-4712")
                    .getToken(GetTokenRequest.newBuilder().setId("1").build()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(trailer("x-request-id")).isEqualTo("order-4712");
  }

  @Test
  void requestIdThatIsNone_isReplaced() {
    var unused =
        asking("x-request-id", "a".repeat(65)).issueToken(IssueTokenRequest.getDefaultInstance());

    assertThat(header("x-request-id")).matches("[0-9a-f]{8,}");
  }

  @Test
  void whoAsksForNothing_getsNothing() {
    var unused = asking("x-other", "1").issueToken(IssueTokenRequest.getDefaultInstance());

    assertThat(header("x-request-id")).isNull();
    assertThat(trailer("x-jeton-timing")).isNull();
  }

  @Test
  void requestId_comesBackFromALegacyApi_ifItWasSent() throws Exception {
    assertThat(post("x-request-id", "order-4713").headers().firstValue("x-request-id"))
        .contains("order-4713");
    assertThat(post("x-other", "1").headers().firstValue("x-request-id")).isEmpty();
  }

  private TokenServiceBlockingStub asking(String name, String value) {
    Metadata asked = new Metadata();
    asked.put(key(name), value);
    return node.tokens()
        .withInterceptors(
            MetadataUtils.newAttachHeadersInterceptor(asked),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
  }

  private @Nullable String header(String name) {
    return headers.get() == null ? null : headers.get().get(key(name));
  }

  private @Nullable String trailer(String name) {
    return trailers.get().get(key(name));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static HttpResponse<String> post(String name, String value) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.url() + "/token"))
                .header(name, value)
                .POST(BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
