package io.jeton.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jeton.server.watch.AccessLog.Which;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("nodes of other tests write to that log too")
class AccessLogTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Logger logger = (Logger) LoggerFactory.getLogger("jeton.access");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void which_saysWhichCallsAreLogged() {
    write(Which.NONE);
    assertThat(log.list).isEmpty();
    write(Which.FAILED);
    assertThat(log.list).hasSize(1);
    write(Which.ALL);
    assertThat(log.list).hasSize(3);
  }

  @Test
  void aLine_hasWhatIsKnown_andNothingThatIsNot() {
    new AccessLog(Which.ALL)
        .write(
            new AccessLog.Call(
                "grpc", "S/M", "OK", false, 1_234_567, "r", Optional.of(TRACE), "shop", "::1"));
    new AccessLog(Which.ALL).write(call(true));

    assertThat(log.list)
        .extracting(event -> event.getKeyValuePairs().toString())
        .containsExactly(
            "[api=\"grpc\", call=\"S/M\", status=\"OK\", millis=\"1.234\", request=\"r\", trace=\""
                + TRACE
                + "\", caller=\"shop\", client=\"::1\"]",
            "[api=\"chatot\", call=\"GET\", status=\"503\", millis=\"0.0\", request=\"r\","
                + " client=\"::1\"]");
  }

  @Test
  void trace_isTakenFromAnIntactTraceparent_alone() {
    assertThat(AccessLog.trace("00-" + TRACE + "-00f067aa0ba902b7-01")).contains(TRACE);
    for (String wrong : List.of("", "x", "00-" + TRACE, "00-" + TRACE + "-00f067aa0ba902b7-01\n")) {
      assertThat(AccessLog.trace(wrong)).isEmpty();
    }
    assertThat(AccessLog.trace(null)).isEmpty();
  }

  private static void write(Which which) {
    AccessLog log = new AccessLog(which);
    log.write(call(false));
    log.write(call(true));
  }

  private static AccessLog.Call call(boolean hasFailed) {
    return new AccessLog.Call(
        "chatot", "GET", hasFailed ? "503" : "200", hasFailed, 0, "r", Optional.empty(), "", "::1");
  }
}
