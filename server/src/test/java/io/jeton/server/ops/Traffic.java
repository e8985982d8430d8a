package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** A little of everything that a node answers. */
final class Traffic {
  private final NodeExtension node;

  Traffic(NodeExtension node) {
    this.node = node;
  }

  void run() throws Exception {
    String token = node.tokens().issueToken(IssueTokenRequest.newBuilder().build()).getSecret();
    VerifyTokenRequest verify = VerifyTokenRequest.newBuilder().setToken(token).build();
    var unused = node.tokens().verifyToken(verify);
    unused = node.tokens().verifyToken(verify);
    assertThatThrownBy(
            () -> node.tokens().getToken(GetTokenRequest.newBuilder().setId("1").build()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> node.tokens("jt_svc_none").verifyToken(verify))
        .isInstanceOf(StatusRuntimeException.class);
    post("/token", "");
    post("/token", "{\"login\":\"nobody-of-the-traffic\",\"password\":\"wrong\"}");
  }

  private void post(String path, String body) throws Exception {
    HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
