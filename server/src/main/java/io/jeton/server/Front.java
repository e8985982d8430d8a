package io.jeton.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.ServerTlsConfig;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.JetonConfig.Listen;
import io.jeton.server.net.Certificates;
import io.jeton.server.net.Connections;
import io.jeton.server.net.IdentityFiles;
import io.jeton.server.net.PemException;
import io.jeton.server.net.PemFile;
import io.jeton.server.net.ServerIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What stands between the network and the services of a process's ports. Immutable. */
final class Front {
  private final JetonConfig.Exposure exposure;
  private final Predicate<InetAddress> isProxy;
  private final Optional<Certificates> certificates;

  private Front(
      JetonConfig.Exposure exposure,
      Predicate<InetAddress> isProxy,
      Optional<Certificates> certificates) {
    this.exposure = exposure;
    this.isProxy = isProxy;
    this.certificates = certificates;
  }

  /**
   * Reads what it needs. Blocks.
   *
   * @param isProxy whether an address is one of a trusted proxy
   * @throws ConfigException when a certificate or a key cannot be used
   * @throws StartupException when a port would listen beyond this machine in clear
   */
  static Front open(JetonConfig config, Predicate<InetAddress> isProxy, InstantSource clock)
      throws ConfigException, StartupException {
    Optional<JetonConfig.Tls> tls = config.exposure().tls();
    requireAllowed("host", config.listen(), tls.isPresent());
    requireAllowed("ops.host", config.ops(), tls.filter(JetonConfig.Tls::onOps).isPresent());
    Optional<Certificates> certificates = Optional.empty();
    if (tls.isPresent()) {
      try {
        certificates = Optional.of(Certificates.open(files(tls.get()), clock));
      } catch (PemException e) {
        throw new ConfigException(String.valueOf(e.getMessage()));
      }
    }
    return new Front(config.exposure(), isProxy, certificates);
  }

  /** Whether clients speak TLS. */
  boolean isTls() {
    return certificates.isPresent();
  }

  /** Where clients are answered, and in which protocols. */
  ServerPort port(InetSocketAddress address) {
    SessionProtocol protocol = isTls() ? SessionProtocol.HTTPS : SessionProtocol.HTTP;
    return exposure.proxyProtocol()
        ? new ServerPort(address, SessionProtocol.PROXY, protocol)
        : new ServerPort(address, protocol);
  }

  /** Where operators are. */
  ServerPort opsPort(InetSocketAddress address) {
    return new ServerPort(address, isOpsTls() ? SessionProtocol.HTTPS : SessionProtocol.HTTP);
  }

  /** Gives the clients' port what its protocols need. */
  void equip(ServerBuilder builder) {
    exposure.tls().ifPresent(tls -> certificates.ifPresent(shown -> encrypt(builder, tls, shown)));
  }

  /** Gives the operators' port what its protocols need. */
  void equipOps(ServerBuilder builder) {
    if (isOpsTls()) {
      equip(builder);
    }
  }

  /** What limits the connections of the clients' port, shown as metrics. */
  Consumer<ChannelPipeline> guard(MeterRegistry metrics) {
    JetonConfig.Limits limits = exposure.limits();
    Connections connections =
        new Connections(
            new Connections.Limits(limits.connections(), limits.perAddress(), limits.unanswered()),
            isProxy,
            exposure.proxyProtocol(),
            metrics);
    return connections::guard;
  }

  JetonConfig.Limits limits() {
    return exposure.limits();
  }

  /** Has the certificate read again from now on, whenever it changes, and shown as metrics. */
  void keepFresh(Background background, MeterRegistry metrics) {
    certificates.ifPresent(
        each -> {
          each.watch(metrics);
          background.every(Certificates.PERIOD, each::look);
        });
  }

  private boolean isOpsTls() {
    return exposure.tls().filter(JetonConfig.Tls::onOps).isPresent();
  }

  private static void encrypt(ServerBuilder builder, JetonConfig.Tls tls, Certificates shown) {
    ClientAuth clientAuth =
        switch (tls.clientAuth()) {
          case NONE -> ClientAuth.NONE;
          case WANTED -> ClientAuth.OPTIONAL;
          case REQUIRED -> ClientAuth.REQUIRE;
        };
    builder.tlsProvider(new Shown(shown), ServerTlsConfig.builder().clientAuth(clientAuth).build());
  }

  /**
   * Refuses to listen beyond this machine in clear unless that was asked for.
   *
   * @param isTls whether what goes over the wire is encrypted
   */
  private static void requireAllowed(String key, Listen listen, boolean isTls)
      throws StartupException {
    if (!isTls && !listen.inClear() && !Ports.isLoopback(key, listen)) {
      throw new StartupException(
          key
              + ": "
              + listen.host()
              + " is not this machine alone, and the port is not encrypted"
              + " (expected: a loopback address, TLS, or listen-in-clear: true)");
    }
  }

  private static IdentityFiles files(JetonConfig.Tls tls) {
    return new IdentityFiles(
        new PemFile("tls.certificate", tls.certificate()),
        new PemFile("tls.key", tls.key()),
        tls.clientCa().map(file -> new PemFile("tls.client-ca", file)));
  }

  /** Shows every new connection what is current. Safe for use by several threads. */
  private static final class Shown implements TlsProvider {
    private final Certificates certificates;
    private volatile Pair pair;

    Shown(Certificates certificates) {
      this.certificates = certificates;
      this.pair = Pair.of(certificates.current());
    }

    @Override
    public TlsKeyPair keyPair(String hostname) {
      return current().keyPair;
    }

    @Override
    public List<X509Certificate> trustedCertificates(String hostname) {
      return current().identity.clientAuthorities();
    }

    /** Made anew only when it has changed: the server keeps what it makes of a pair. */
    private Pair current() {
      Pair known = pair;
      ServerIdentity identity = certificates.current();
      if (!known.identity.equals(identity)) {
        known = Pair.of(identity);
        pair = known;
      }
      return known;
    }

    private record Pair(ServerIdentity identity, TlsKeyPair keyPair) {
      static Pair of(ServerIdentity identity) {
        return new Pair(identity, TlsKeyPair.of(identity.key(), identity.chain()));
      }
    }
  }
}
