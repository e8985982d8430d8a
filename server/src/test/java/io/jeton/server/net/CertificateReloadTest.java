package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import io.jeton.server.testing.TestAuthority;
import io.jeton.server.testing.TestAuthority.Leaf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are swapped while old connections are used and new ones are made. */
class CertificateReloadTest {
  private static final int SWAPS = 5;

  @TempDir private Path directory;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void noCallFails_whileCertificatesChange_andNewConnectionsSeeTheNewOne() throws Exception {
    TestAuthority authority = new TestAuthority("servers");
    Path ca = authority.write(directory.resolve("ca.crt"));
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    authority.issue().write(certificate, key);
    try (ExposedNode node =
            ExposedNode.start(
                directory,
                Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString()));
        JetonClient one = client(node, ca);
        JetonClient two = client(node, ca)) {
      Secret token = one.tokens().issue(IssueSpec.builder().build()).secret();
      for (JetonClient client : List.of(one, two)) {
        again(() -> client.tokens().verify(token).active());
      }
      again(
          () -> {
            try (JetonClient fresh = client(node, ca)) {
              return fresh.tokens().verify(token).active();
            }
          });
      again(
          () ->
              HttpClient.newBuilder()
                      .sslContext(authority.context())
                      .build()
                      .send(
                          HttpRequest.newBuilder(URI.create(node.url() + "/token"))
                              .PUT(BodyPublishers.noBody())
                              .build(),
                          BodyHandlers.ofString())
                      .statusCode()
                  == 401);

      for (int i = 0; i < SWAPS; i++) {
        Leaf next = authority.issue();
        next.write(directory.resolve("new.crt"), directory.resolve("new.key"));
        Files.move(directory.resolve("new.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.move(directory.resolve("new.key"), key, StandardCopyOption.REPLACE_EXISTING);
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> shown(authority, node).equals(next.certificate()));
        long before = calls.get();
        await().until(() -> calls.get() > before + 20 || !failures.isEmpty());
      }
      isOver.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(failures).isEmpty();
    assertThat(calls.get()).isGreaterThan(100);
  }

  private static Certificate shown(TestAuthority authority, ExposedNode node) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) authority.context().getSocketFactory().createSocket("127.0.0.1", node.port())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static JetonClient client(ExposedNode node, Path ca) throws Exception {
    return JetonClient.builder()
        .server(node.url())
        .key(node.adminKey())
        .ca(ca)
        .deadline(Duration.ofSeconds(30))
        .build();
  }

  /** Calls until it is over; what is not true is a failure. */
  private void again(Callable<Boolean> call) {
    Thread thread =
        new Thread(
            () -> {
              while (!isOver.get() && failures.isEmpty()) {
                try {
                  assertThat(call.call()).isTrue();
                  calls.incrementAndGet();
                } catch (Throwable e) {
                  failures.add(e);
                }
              }
            });
    thread.start();
    threads.add(thread);
  }
}
