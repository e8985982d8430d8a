package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.jeton.bridge.Bridge;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.TrustedProxies;
import io.jeton.server.watch.AccessLog;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MeasuredContractTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final BlockingQueue<CompletableFuture<AggregatedHttpResponse>> asked =
      new LinkedBlockingQueue<>();

  /** Answers when the test does. */
  private final class Slow implements Contract {
    @Override
    public int claim(String prefix, String path) {
      return DOCUMENTED;
    }

    @Override
    public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
      CompletableFuture<AggregatedHttpResponse> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
      return AggregatedHttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
    }
  }

  /** The answer that the client got is counted, not the one that came after it. */
  @Test
  void anAnswerThatIsLate_isCountedAndLoggedOnce() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("io.jeton.bridge");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    Mounted mounted =
        MeasuredContract.of(
            new Mounted(new Slow(), "slow", "default", List.of(""), Optional.empty()),
            metrics,
            new AccessLog(AccessLog.Which.NONE));
    try (Server server =
        Server.builder()
            .http(0)
            .serviceUnder("/", Bridge.service(List.of(mounted), TrustedProxies.of(List.of())))
            .build()) {
      server.start().join();
      WebClient client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
      var first = client.get("/").aggregate();
      var second = client.get("/").aggregate();
      assertThat(first.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(503);
      assertThat(second.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(503);
      for (int i = 0; i < 2; i++) {
        asked.take().complete(AggregatedHttpResponse.of(HttpStatus.OK));
      }
      assertThat(counted()).containsExactly("503 2.0");

      var third = client.get("/").aggregate();
      asked.take().complete(AggregatedHttpResponse.of(HttpStatus.OK));
      assertThat(third.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(200);
      assertThat(counted()).containsExactlyInAnyOrder("200 1.0", "503 2.0");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("A request was not answered in time");
  }

  private List<String> counted() {
    return metrics.find("jeton.bridge.requests").counters().stream()
        .map(counter -> code(counter.getId()) + " " + counter.count())
        .toList();
  }

  private static String code(Meter.Id id) {
    return String.valueOf(id.getTag("code"));
  }
}
