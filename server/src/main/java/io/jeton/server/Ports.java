package io.jeton.server;

import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.jeton.server.config.JetonConfig.Listen;
import io.jeton.server.grpc.GrpcPort;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The listening ports: what may be listened on, and how a server on one is made, started and
 * stopped.
 */
final class Ports {
  /** How long no answer may have been on its way out before the connections are closed. */
  private static final Duration QUIET = Duration.ofMillis(50);

  /** How long answers may take to get out, once the calls under way have finished. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private static final int STREAMS_PER_CONNECTION = 256;

  /** A URL may carry a token, whose limit is 4096 bytes, and other parameters besides. */
  private static final int MAX_LINE_BYTES = 32 << 10;

  private static final int MAX_HEADER_BYTES = 64 << 10;

  private Ports() {}

  /** Whether nobody beyond this machine can connect. */
  static boolean isLoopback(String key, Listen listen) throws StartupException {
    return resolve(key, listen).getAddress().isLoopbackAddress();
  }

  /** Finds out early whether a port is taken, before anything else is started. */
  static InetSocketAddress requireFree(String key, Listen listen) throws StartupException {
    InetSocketAddress address = resolve(key, listen);
    if (address.getPort() != 0) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(address);
      } catch (IOException e) {
        throw problem(key, listen, e);
      }
    }
    return address;
  }

  /**
   * Makes a server; it is not started.
   *
   * @param services adds what is answered first
   * @param contracts what answers every path that is not theirs
   * @param front what stands before all of them
   */
  static Server server(
      InetSocketAddress address,
      int eventLoops,
      Consumer<ServerBuilder> services,
      ContractInstances contracts,
      Front front,
      MeterRegistry metrics) {
    ServerBuilder builder = Server.builder();
    LastAnswers lastAnswers = new LastAnswers(QUIET, LAST_ANSWERS);
    services.accept(builder);
    front.equip(builder);
    return builder
        .port(front.port(address))
        .workerGroup(
            // Nothing is left to be said when its turn comes: the connections are closed.
            EventLoopGroups.builder()
                .numThreads(eventLoops)
                .gracefulShutdown(Duration.ZERO, LAST_ANSWERS)
                .build(),
            true)
        // Calls that ask the database have time-outs of their own; a timer each costs more than a
        // hit.
        .requestTimeout(Duration.ZERO)
        .maxRequestLength(2L * GrpcPort.MAX_MESSAGE_BYTES)
        .http1MaxInitialLineLength(MAX_LINE_BYTES)
        .http1MaxHeaderSize(MAX_HEADER_BYTES)
        .http2MaxHeaderListSize(MAX_HEADER_BYTES)
        .http2MaxStreamsPerConnection(STREAMS_PER_CONNECTION)
        .idleTimeout(front.limits().idle())
        .serverListener(lastAnswers)
        .childChannelPipelineCustomizer(lastAnswers)
        .gracefulShutdownTimeout(Duration.ZERO, LAST_ANSWERS)
        .meterRegistry(metrics)
        .disableServerHeader()
        .childChannelPipelineCustomizer(
            contracts.queries(front.isTls()).andThen(front.guard(metrics)))
        .errorHandler(contracts.failures())
        // What strangers send is no reason for a stack trace in the log.
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .serviceUnder("/", contracts.service())
        .build();
  }

  static void start(Server server, String key, Listen listen) throws StartupException {
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw problem(key, listen, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Stops servers, all at once: each waits for its last answers to be out. Blocks. */
  static void stop(Server... servers) {
    CompletableFuture.allOf(
            Arrays.stream(servers).map(Ports::stopOne).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  /**
   * Ends with the event loops. What comes after them is the thread that accepted connections, which
   * idles for two more seconds, whatever it is told: nobody waits for it.
   */
  private static CompletableFuture<?> stopOne(Server server) {
    CompletableFuture<Void> loops = new CompletableFuture<>();
    server.config().workerGroup().terminationFuture().addListener(ended -> loops.complete(null));
    return CompletableFuture.anyOf(server.stop(), loops);
  }

  static String url(Listen listen, Server server) {
    return url(listen.host(), server);
  }

  /** Where it is for programs on this machine, whose certificates name no wildcard. */
  static String localUrl(Listen listen, Server server) throws StartupException {
    InetAddress address = resolve("host", listen).getAddress();
    if (!address.isAnyLocalAddress()) {
      return url(listen, server);
    }
    return url(address instanceof Inet6Address ? "::1" : "127.0.0.1", server);
  }

  private static String url(String listenHost, Server server) {
    String host = listenHost.contains(":") ? "[" + listenHost + "]" : listenHost;
    ServerPort port = Objects.requireNonNull(server.activePort());
    return (port.hasTls() ? "https://" : "http://") + host + ":" + server.activeLocalPort();
  }

  private static InetSocketAddress resolve(String key, Listen listen) throws StartupException {
    try {
      return new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
    } catch (UnknownHostException e) {
      throw new StartupException(
          key + ": " + listen.host() + " (expected: a host name or an address)", e);
    }
  }

  private static StartupException problem(String key, Listen listen, Throwable e) {
    String where = listen.port() + " of " + listen.host();
    return e instanceof BindException || String.valueOf(e.getMessage()).contains("in use")
        ? new StartupException(
            key + ": " + where + " is in use or not ours (expected: a free port, 0 picks one)", e)
        : new StartupException(key + ": " + where + " cannot be listened on: " + e.getMessage(), e);
  }
}
