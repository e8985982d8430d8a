package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.nimbusds.jwt.SignedJWT;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RetireSigningKeyResponse;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SigningKey;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A signing key is replaced in all its steps while tokens are issued and verified: published,
 * waiting, signing, the one before retired, and then the new one retired in an emergency.
 */
class KeyRotationTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final String NAME = "rotated";
  private static final int THREADS = 3;
  private static final int A_STEP = 60;

  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void rotation_underLoad_failsNoIssueAndNoVerify_andAnEmergencyEndsAllAtOnce() throws Exception {
    SigningKey first = create(0);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> streams = new ArrayList<>();
    List<String> ofFirst;
    List<String> ofSecond;
    SigningKey second;
    try {
      for (int i = 0; i < THREADS; i++) {
        streams.add(threads.submit(() -> issueAndVerify(isOver)));
      }
      awaitMoreTokens();
      second = create(3600);
      assertThat(published()).contains(kid(first), kid(second));
      awaitMoreTokens();
      ofFirst = List.copyOf(tokens);
      assertThat(ofFirst).isNotEmpty().allMatch(token -> isSignedBy(token, first));

      node.clock().advance(java.time.Duration.ofHours(1));
      // Calls that were under way may still have the key of before.
      awaitMoreTokens();
      int begin = tokens.size();
      awaitMoreTokens();
      ofSecond = tokens.stream().skip(begin).toList();
      assertThat(ofSecond).isNotEmpty().allMatch(token -> isSignedBy(token, second));

      assertThat(retire(first, false).getRevoked()).isZero();
      awaitMoreTokens();
    } finally {
      isOver.set(true);
      for (Future<?> stream : streams) {
        stream.get();
      }
      threads.shutdownNow();
    }
    assertThat(failures).isEmpty();
    assertThat(ofFirst).allMatch(token -> verify(token).getActive());
    assertThat(published()).contains(kid(first));

    assertThat(retire(second, true).getRevoked()).isPositive();
    assertThat(tokens)
        .filteredOn(token -> isSignedBy(token, second))
        .isNotEmpty()
        .allMatch(token -> verify(token).getReason() == InactiveReason.INACTIVE_REASON_REVOKED);
    assertThat(ofFirst).allMatch(token -> verify(token).getActive());
    assertThat(published()).doesNotContain(kid(second));
  }

  private void issueAndVerify(AtomicBoolean isOver) {
    while (!isOver.get()) {
      try {
        String token = issue();
        if (!verify(token).getActive()) {
          failures.add("a fresh token was refused");
        }
        String earlier = tokens.peek();
        if (earlier != null && !verify(earlier).getActive()) {
          failures.add("an earlier token was refused");
        }
        tokens.add(token);
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  private void awaitMoreTokens() {
    int enough = tokens.size() + A_STEP;
    await("more tokens")
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> tokens.size() >= enough || !failures.isEmpty());
    assertThat(failures).isEmpty();
  }

  private static String issue() {
    IssueTokenResponse response =
        node.tokens()
            .issueToken(
                IssueTokenRequest.newBuilder()
                    .setSubject("rotation")
                    .setJwt(
                        JwtFormat.newBuilder()
                            .setKey(NAME)
                            .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_ES256)
                            .setHeader(ByteString.copyFromUtf8("{\"alg\":\"ES256\"}"))
                            .setPayload(
                                ByteString.copyFromUtf8(
                                    "{\"jti\":\"" + java.util.UUID.randomUUID() + "\"}")))
                    .build());
    return response.getSecret();
  }

  private static VerifyTokenResponse verify(String token) {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build());
  }

  private static SigningKey create(long waitSeconds) {
    return node.keys()
        .createSigningKey(
            CreateSigningKeyRequest.newBuilder()
                .setName(NAME)
                .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_ES256)
                .setSignAfter(Duration.newBuilder().setSeconds(waitSeconds))
                .build())
        .getKey();
  }

  private static RetireSigningKeyResponse retire(SigningKey key, boolean isEmergency) {
    return node.keys()
        .retireSigningKey(
            RetireSigningKeyRequest.newBuilder()
                .setId(key.getId())
                .setEmergency(isEmergency)
                .build());
  }

  private static boolean isSignedBy(String token, SigningKey key) {
    try {
      return SignedJWT.parse(token)
          .verify(
              new com.nimbusds.jose.crypto.ECDSAVerifier(
                  com.nimbusds.jose.jwk.ECKey.parse(key.getJwk())));
    } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kid(SigningKey key) throws Exception {
    return com.nimbusds.jose.jwk.JWK.parse(key.getJwk()).getKeyID();
  }

  private static String published() throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.url() + "/.well-known/jwks.json")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
