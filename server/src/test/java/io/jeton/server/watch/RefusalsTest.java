package io.jeton.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jeton.v1.ErrorReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("nodes of other tests write to that log too")
class RefusalsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(7);
  private final Refusals refusals = new Refusals(registry, nanos::get);

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
  void everyRefusal_isCounted_byReason() {
    note(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND, 3);
    note(ErrorReason.ERROR_REASON_STORE_FULL, 2);

    assertThat(count("TOKEN_NOT_FOUND")).isEqualTo(3);
    assertThat(count("STORE_FULL")).isEqualTo(2);
    assertThat(count("INTERNAL")).isZero();
  }

  @Test
  void whatCallersDoWrong_isNotLogged() {
    note(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND, 3);
    note(ErrorReason.ERROR_REASON_KEY_INVALID, 3);

    assertThat(log.list).isEmpty();
  }

  @Test
  void whatAnOperatorCanMend_isLoggedOnceInTenSeconds_withHowManyOthers() {
    note(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, 5);
    note(ErrorReason.ERROR_REASON_OVERLOADED, 1);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    note(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, 1);
    assertThat(log.list).hasSize(2);
    nanos.incrementAndGet();
    note(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, 1);

    assertThat(log.list)
        .extracting(event -> event.getKeyValuePairs().toString())
        .containsExactly(
            "[reason=\"STORE_UNAVAILABLE\", call=\"Issue\", request=\"r\", others=\"0\"]",
            "[reason=\"OVERLOADED\", call=\"Issue\", request=\"r\", others=\"0\"]",
            "[reason=\"STORE_UNAVAILABLE\", call=\"Issue\", request=\"r\", others=\"5\"]");
  }

  private void note(ErrorReason reason, int times) {
    for (int i = 0; i < times; i++) {
      refusals.note(reason, "Issue", "r");
    }
  }

  private double count(String reason) {
    return registry.get("jeton.refusals").tag("reason", reason).counter().count();
  }
}
