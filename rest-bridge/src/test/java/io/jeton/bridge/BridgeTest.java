package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeTest {
  @Test
  void unowned_isNotFound_whateverTheMethod_andRepeatsNothing() throws Exception {
    try (Server server = Server.builder().http(0).serviceUnder("/", Bridge.unowned()).build()) {
      server.start().join();
      URI uri = URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/a/secret?b=secret");
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        HttpResponse<String> response =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                    HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.ofString("secret"))
                        .build(),
                    BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"not found\"}");
        assertThat(response.headers().firstValue("content-type"))
            .hasValue("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
      }
    }
  }
}
