package io.jeton.server;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import io.jeton.bridge.Core;
import io.jeton.bridge.remote.CoreTls;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.Secret;
import io.jeton.server.grpc.Drain;
import io.jeton.server.inner.MeasuredCore;
import io.jeton.server.ops.OpsPort;
import io.jeton.server.ops.ProcessMetrics;
import io.jeton.server.watch.Refusals;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running bridge: the contracts, answered from a node elsewhere. It has no database and keeps
 * no state, and it goes on while the node is away. Methods block.
 */
public final class BridgeNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeNode.class);

  /** How often the node is asked whether it serves. */
  private static final Duration HEALTH_PERIOD = Duration.ofSeconds(1);

  private final Stops stops = new Stops();
  private final SettableHealthChecker ready = new SettableHealthChecker(false);
  private String url = "";
  private String opsUrl = "";

  private BridgeNode() {}

  /**
   * Starts a bridge; it answers when this returns, whether the node does or not.
   *
   * @param server the node: {@code http://HOST:PORT} or {@code https://HOST:PORT}
   * @param key the service key to present to it
   * @param tls whom to believe that it is the node, and what to show it
   * @param environment where {@code env:} secrets are
   * @throws StartupException when a port cannot be had; nothing is left running
   * @throws ConfigException when a contract's settings cannot be used
   */
  public static BridgeNode start(
      JetonConfig config,
      URI server,
      Secret key,
      CoreTls tls,
      Map<String, String> environment,
      InstantSource clock)
      throws StartupException, ConfigException {
    BridgeNode node = new BridgeNode();
    try {
      node.run(config, server, key, tls, environment, clock);
      return node;
    } catch (StartupException | ConfigException | RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  /** Where the contracts are answered: {@code http://HOST:PORT}, or https. */
  public String url() {
    return url;
  }

  /** Where metrics and health are: {@code http://HOST:PORT}, or https. */
  public String opsUrl() {
    return opsUrl;
  }

  private void run(
      JetonConfig config,
      URI node,
      Secret key,
      CoreTls tls,
      Map<String, String> environment,
      InstantSource clock)
      throws StartupException, ConfigException {
    ContractInstances.Settings settings = ContractInstances.Settings.read(config, environment);
    Front front = Front.open(config, settings.proxies()::trusts, clock);
    InetSocketAddress address = Ports.requireFree("port", config.listen());
    InetSocketAddress opsAddress = Ports.requireFree("ops.port", config.ops());

    PrometheusMeterRegistry metrics = ProcessMetrics.registry();
    GrpcCore remote = new GrpcCore(node, key.reveal(), tls);
    stops.push(remote::close);
    Drain drain = new Drain();
    Core core = new MeasuredCore(remote, drain, metrics, new Refusals(metrics));
    ContractInstances contracts =
        settings.mount(core, clock).measured(metrics, ContractInstances.accessLog(config));
    stops.push(contracts.prepare());
    Background background = new Background();
    stops.push(background::close);
    background.every(HEALTH_PERIOD, () -> lookAfter(remote));
    lookAfter(remote);
    front.keepFresh(background, metrics);

    Server server =
        Ports.server(address, config.eventLoops(), builder -> {}, contracts, front, metrics);
    Ports.start(server, "port", config.listen());
    stops.push(() -> Ports.stop(server));
    Server ops =
        OpsPort.server(
            front.opsPort(opsAddress), metrics, ready, contracts.description(), front::equipOps);
    Ports.start(ops, "ops.port", config.ops());
    stops.push(() -> Ports.stop(server, ops));
    stops.push(() -> drain.finish(config.timeouts().drain()));
    stops.push(() -> ready.setHealthy(false));

    url = Ports.url(config.listen(), server);
    opsUrl = Ports.url(config.ops(), ops);
    LOG.info("Metrics and health at {}", opsUrl);
  }

  /** Is ready while the node is. */
  private void lookAfter(GrpcCore remote) {
    boolean isServing = remote.isServing().join();
    if (isServing != ready.isHealthy()) {
      LOG.info(isServing ? "The core answers" : "The core does not answer");
      ready.setHealthy(isServing);
    }
  }

  /** Lets requests under way finish, then ends everything. Idempotent. */
  @Override
  public void close() {
    stops.run();
  }
}
