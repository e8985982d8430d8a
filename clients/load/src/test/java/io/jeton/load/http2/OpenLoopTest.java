package io.jeton.load.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import io.jeton.load.FakeTokenService;
import io.jeton.load.call.ProbeCall;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final long STALL_MILLIS = 400;

  private final FakeTokenService service = new FakeTokenService();
  private final Server server = service.server();

  @BeforeEach
  void start() {
    server.start().join();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void run_makesAsManyCallsAsAreDue() throws IOException {
    LoadResult result = run(1000, Duration.ofMillis(300));
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(300);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(299));
  }

  @Test
  void run_chargesAStall_toAllThatWereDueMeanwhile() throws IOException {
    service.isFailing =
        () -> {
          if (service.verified == 1) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STALL_MILLIS));
          }
          return false;
        };
    LoadResult result = run(1000, Duration.ofMillis(STALL_MILLIS));
    assertThat(result.right()).isEqualTo(STALL_MILLIS);
    // Half of the calls were due in the first half of the stall, and waited for the second.
    assertThat(result.latency().percentileMillis(0.6)).isGreaterThan(STALL_MILLIS / 4.0);
  }

  @Test
  void run_countsWrongAnswers() throws IOException {
    service.isFailing = () -> service.verified % 10 == 0;
    LoadResult result = run(1000, Duration.ofMillis(200));
    assertThat(result.wrong()).isEqualTo(20);
    assertThat(result.right()).isEqualTo(180);
  }

  private LoadResult run(double perSecond, Duration duration) throws IOException {
    Target target =
        new Target(URI.create("http://127.0.0.1:" + server.activeLocalPort()), "jt_svc_test");
    return OpenLoop.run(target, new ProbeCall(), perSecond, duration);
  }
}
