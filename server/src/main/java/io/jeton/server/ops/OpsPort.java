package io.jeton.server.ops;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.healthcheck.HealthChecker;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The port for operators: {@code /metrics} for Prometheus, {@code /health/live} and {@code
 * /health/ready} for whatever restarts and routes, and pages that describe the other port.
 */
public final class OpsPort {
  private OpsPort() {}

  /**
   * Makes the server; it is not started.
   *
   * @param port where it listens, and in which protocol
   * @param openApi an OpenAPI document of the other port, as JSON
   * @param pages adds what else is answered there, and what the protocol needs
   */
  public static Server server(
      ServerPort port,
      PrometheusMeterRegistry metrics,
      HealthChecker ready,
      byte[] openApi,
      Consumer<ServerBuilder> pages) {
    HttpService scrape =
        (context, request) ->
            HttpResponse.of(
                HttpStatus.OK,
                MediaType.parse("text/plain; version=0.0.4; charset=utf-8"),
                metrics.scrape());
    HttpService description =
        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, openApi);
    ServerBuilder builder = Server.builder();
    pages.accept(builder);
    return builder
        .port(port)
        .workerGroup(
            EventLoopGroups.builder()
                .numThreads(1)
                .gracefulShutdown(Duration.ZERO, Duration.ofSeconds(1))
                .build(),
            true)
        // The node's own registry is what is shown; this port does not measure itself.
        .meterRegistry(NoopMeterRegistry.get())
        .requestTimeout(Duration.ofSeconds(10))
        .service("/metrics", scrape)
        .service("/openapi.json", description)
        .service("/health/live", HealthCheckService.of())
        .service("/health/ready", HealthCheckService.of(ready))
        .build();
  }
}
