package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JetonExceptionTest {

  @Test
  void refusal_carriesCodeReasonAndFields() {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage("token: at most 4096 bytes")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder().setDomain("jeton").setReason("FIELD_INVALID").build()))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(
                            BadRequest.FieldViolation.newBuilder()
                                .setField("token")
                                .setDescription("at most 4096 bytes"))
                        .build()))
            .build();

    JetonException e = failure(answering(StatusProto.toStatusRuntimeException(status)));

    assertThat(e.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(e.reason()).contains("FIELD_INVALID");
    assertThat(e).hasMessage("token: at most 4096 bytes");
    assertThat(e.fieldViolations())
        .containsExactly(new FieldViolation("token", "at most 4096 bytes"));
  }

  @Test
  void reasonOfAnotherDomain_isNotOurs() {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.NOT_FOUND_VALUE)
            .addDetails(Any.pack(ErrorInfo.newBuilder().setDomain("x").setReason("Y").build()))
            .build();

    JetonException e = failure(answering(StatusProto.toStatusRuntimeException(status)));

    assertThat(e.code()).isEqualTo("NOT_FOUND");
    assertThat(e.reason()).isEmpty();
  }

  @Test
  void undecodableDetails_areLeftOut() {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.ABORTED_VALUE)
            .setMessage("try again\nand again")
            .addDetails(
                Any.newBuilder()
                    .setTypeUrl("type.googleapis.com/google.rpc.ErrorInfo")
                    .setValue(com.google.protobuf.ByteString.copyFromUtf8("\377")))
            .build();

    JetonException e = failure(answering(StatusProto.toStatusRuntimeException(status)));

    assertThat(e.code()).isEqualTo("ABORTED");
    assertThat(e.reason()).isEmpty();
    assertThat(e.getMessage()).endsWith("answered ABORTED: try again");
  }

  @Test
  void silence_endsAtTheDeadline() {
    BindableService silent =
        new TokenServiceImplBase() {
          @Override
          public void verifyToken(VerifyTokenRequest q, StreamObserver<VerifyTokenResponse> to) {}
        };

    JetonException e = failure(silent);

    assertThat(e.code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(e.getMessage()).matches("no answer from http://localhost:\\d+ in time");
  }

  @Test
  void nobodyListening_isToldInOneLine() throws Exception {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }

    JetonException e = failure(url);

    assertThat(e.code()).isEqualTo("UNAVAILABLE");
    assertThat(e).hasMessage("no answer from " + url + ": connection refused");
  }

  @Test
  void unknownHost_isToldInOneLine() {
    Status status =
        Status.UNAVAILABLE
            .withDescription("Unable…")
            .withCause(new UnknownHostException("nowhere"));

    assertThat(Unanswered.message(status, "http://nowhere:1"))
        .isEqualTo("no answer from http://nowhere:1: unknown host");
  }

  private static BindableService answering(RuntimeException failure) {
    return new TokenServiceImplBase() {
      @Override
      public void verifyToken(VerifyTokenRequest q, StreamObserver<VerifyTokenResponse> to) {
        to.onError(failure);
      }
    };
  }

  private static JetonException failure(BindableService service) {
    try (FakeServer server = new FakeServer(service)) {
      return failure(server.url());
    }
  }

  private static JetonException failure(String url) {
    try (JetonClient client =
        JetonClient.builder().server(url).key("k").deadline(Duration.ofSeconds(2)).build()) {
      return catchThrowableOfType(
          JetonException.class, () -> client.tokens().verify(Secret.of("presented")));
    }
  }

  @Test
  void everyStatusCode_hasAMessage() {
    for (Status.Code code : Status.Code.values()) {
      assertThat(Unanswered.message(code.toStatus(), "http://h:1")).isNotBlank();
    }
  }
}
