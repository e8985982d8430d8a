package io.jeton.load.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import io.jeton.load.FakeTokenService;
import io.jeton.load.http2.Call;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final int TOKENS = 1234;

  private final FakeTokenService service = new FakeTokenService();
  private final Server server = service.server();
  private final TokenSet tokens = new TokenSet(TOKENS);
  private final AtomicLong issued = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void issueTokens() throws IOException {
    server.start().join();
    LoadResult result = run(new IssueCall(tokens::put, issued::addAndGet), TOKENS);
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(TOKENS);
    assertThat(issued).hasValue(TOKENS);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void verify_isRight_whenEveryTokenIsActive() throws IOException {
    LoadResult result = run(verify(), 5000);
    assertThat(result.right()).isEqualTo(5000);
    assertThat(result.wrong()).isZero();
    assertThat(service.verified).isEqualTo(5000);
  }

  @Test
  void verify_countsEveryInactiveToken() throws IOException {
    service.isLying = () -> calls.getAndIncrement() % 7 == 0;
    LoadResult result = run(verify(), 5000);
    assertThat(service.lies).isEqualTo(715);
    assertThat(result.wrong()).isEqualTo(715);
    assertThat(result.right()).isEqualTo(5000 - 715);
    assertThat(result.faults()).containsExactly(entry("inactive: INACTIVE_REASON_UNKNOWN", 715L));
  }

  @Test
  void verify_countsEveryAnswerAboutAnotherToken() throws IOException {
    service.isMixingUp = () -> calls.getAndIncrement() == 99;
    // The fake appends a digit, which only changes the number of a subject that is not zero.
    LoadResult result = run(verify(), 2000);
    assertThat(service.mixUps).isEqualTo(1);
    assertThat(result.faults()).containsExactly(entry("another token's subject", 1L));
  }

  @Test
  void verify_countsEveryErrorStatus_andShowsItWithoutSecrets() throws IOException {
    service.isFailing = () -> calls.getAndIncrement() % 10 == 3;
    LoadResult result = run(verify(), 3000);
    assertThat(service.failures).isEqualTo(300);
    assertThat(result.right()).isEqualTo(2700);
    assertThat(result.faults())
        .containsExactly(entry("grpc-status 14: no store for jt_****", 300L));
  }

  @Test
  void verify_picksTheSameTokens_fromTheSameSeed() {
    var first = java.nio.ByteBuffer.allocate(100_000);
    var second = java.nio.ByteBuffer.allocate(100_000);
    VerifyCall a = verify();
    VerifyCall b = verify();
    for (int i = 0; i < 1000; i++) {
      assertThat(a.write(first)).isEqualTo(b.write(second));
    }
    assertThat(first).isEqualTo(second);
  }

  @Test
  void batch_verifiesEveryTokenOnce_overSeveralFrames() throws IOException {
    var verified = new AtomicLong();
    var call = new BatchVerifyCall(tokens, 0, TOKENS, verified::addAndGet);
    assertThat(call.requests()).isEqualTo(13);
    LoadResult result = run(call, call.requests());
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(13);
    assertThat(verified).hasValue(TOKENS);
  }

  @Test
  void batch_isWrong_whenOneTokenOfItIs() throws IOException {
    service.isLying = () -> calls.getAndIncrement() == 250;
    var call = new BatchVerifyCall(tokens, 0, TOKENS, n -> {});
    LoadResult result = run(call, call.requests());
    assertThat(result.wrong()).isEqualTo(1);
    assertThat(result.right()).isEqualTo(12);
  }

  @Test
  void question_isRight_whenVerdictReasonAndSubjectAre() throws IOException {
    LoadResult result = run(new QuestionCall(List.of(known(17), unknown()), 1), 2000);
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(2000);
  }

  @Test
  void question_countsEveryOtherReason() throws IOException {
    Question expired = Question.inactive(request("x"), InactiveReason.INACTIVE_REASON_EXPIRED);
    LoadResult result = run(new QuestionCall(List.of(expired), 1), 50);
    assertThat(result.faults())
        .containsExactly(
            entry(
                "inactive: INACTIVE_REASON_UNKNOWN, expected inactive: INACTIVE_REASON_EXPIRED",
                50L));
  }

  @Test
  void question_countsATokenThatIsActive_andShouldNotBe() throws IOException {
    Question revoked = Question.inactive(secretOf(3), InactiveReason.INACTIVE_REASON_REVOKED);
    LoadResult result = run(new QuestionCall(List.of(revoked), 1), 50);
    assertThat(result.faults())
        .containsExactly(entry("active, expected inactive: INACTIVE_REASON_REVOKED", 50L));
  }

  @Test
  void question_countsALie_andAnotherSubject() throws IOException {
    service.isLying = () -> calls.getAndIncrement() == 10;
    service.isMixingUp = () -> calls.getAndIncrement() == 100;
    LoadResult result = run(new QuestionCall(List.of(known(17)), 1), 500);
    assertThat(result.faults())
        .containsOnly(
            entry("inactive: INACTIVE_REASON_UNKNOWN", 1L), entry("another token's subject", 1L));
  }

  @Test
  void batchPick_isRight_andCountsABatchWithOneLie() throws IOException {
    assertThat(run(new BatchPickCall(tokens, 5), 40).right()).isEqualTo(40);
    service.isLying = () -> calls.getAndIncrement() == 250;
    LoadResult result = run(new BatchPickCall(tokens, 5), 40);
    assertThat(result.faults()).containsExactly(entry("inactive: INACTIVE_REASON_UNKNOWN", 1L));
    assertThat(result.right()).isEqualTo(39);
  }

  private Question known(int token) {
    return Question.active(secretOf(token), TokenSet.subjectOf(token));
  }

  private static Question unknown() {
    return Question.inactive(request("x"), InactiveReason.INACTIVE_REASON_UNKNOWN);
  }

  private VerifyTokenRequest secretOf(int token) {
    ByteBuffer secret = ByteBuffer.allocate(tokens.secretBytes());
    tokens.write(token, secret);
    return request(new String(secret.array(), StandardCharsets.US_ASCII));
  }

  private static VerifyTokenRequest request(String secret) {
    return VerifyTokenRequest.newBuilder().setToken(secret).build();
  }

  @Test
  void probe_isRight_whenTheServerKnowsNoSuchToken() throws IOException {
    LoadResult result = run(new ProbeCall(), 1);
    assertThat(result.right()).isEqualTo(1);
  }

  private VerifyCall verify() {
    return new VerifyCall(tokens, 1, TokenSet::subjectOf);
  }

  private static java.util.Map.Entry<String, Long> entry(String fault, long count) {
    return java.util.Map.entry(fault, count);
  }

  private LoadResult run(Call call, long requests) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.activeLocalPort());
    return ClosedLoop.run(new Target(uri, "jt_svc_test"), call, Plan.of(2, 8, requests));
  }
}
