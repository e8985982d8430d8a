package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void example_runs() {
    try (FakeServer server = new FakeServer(new Fake())) {
      example(server.url(), "jt_svc_test");
    }
    assertThat(calls).containsExactly("issue alice", "verify s3cret", "revoke 7");
  }

  @Test
  void example_isTheOneThatRuns() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String shown = readme.split("```java\n", 2)[1].split("```", 2)[0];
    String source = Files.readString(Path.of("src/test/java/io/jeton/client/ReadmeTest.java"));

    assertThat(source.replaceAll("\\s+", "")).contains(shown.replaceAll("\\s+", ""));
  }

  @SuppressWarnings("SystemOut")
  private static void example(String server, String key) {
    try (JetonClient jeton = JetonClient.builder().server(server).key(key).build()) {
      IssueSpec spec = IssueSpec.builder().subject("alice").lifetime(Duration.ofHours(12)).build();
      IssuedToken issued = jeton.tokens().issue(spec);
      Verdict verdict = jeton.tokens().verify(issued.secret());
      System.out.println(verdict.active() ? "active" : "inactive: " + verdict.reason());
      jeton.tokens().revoke(TokenRef.id(issued.token().id()));
    } catch (JetonException e) {
      System.out.println(e.code() + " " + e.reason().orElse("") + ": " + e.getMessage());
    }
  }

  private final class Fake extends TokenServiceImplBase {
    @Override
    public void issueToken(IssueTokenRequest q, StreamObserver<IssueTokenResponse> to) {
      calls.add("issue " + q.getSubject());
      var response = IssueTokenResponse.newBuilder().setSecret("s3cret");
      response.getTokenBuilder().setId("7");
      to.onNext(response.build());
      to.onCompleted();
    }

    @Override
    public void verifyToken(VerifyTokenRequest q, StreamObserver<VerifyTokenResponse> to) {
      calls.add("verify " + q.getToken());
      to.onNext(VerifyTokenResponse.newBuilder().setActive(true).build());
      to.onCompleted();
    }

    @Override
    public void revokeToken(RevokeTokenRequest q, StreamObserver<RevokeTokenResponse> to) {
      calls.add("revoke " + q.getId());
      to.onNext(RevokeTokenResponse.getDefaultInstance());
      to.onCompleted();
    }
  }
}
