package io.jeton.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** Reads the settings that say how the ports face the network. */
final class ExposureSettings {
  private final Values values;

  ExposureSettings(Values values) {
    this.values = values;
  }

  /** What settings have been given. */
  @FunctionalInterface
  interface Values {
    <T> T get(Setting<T> setting) throws ConfigException;
  }

  /** All of them, as far as they fit together. */
  JetonConfig.Exposure read() throws ConfigException {
    boolean proxyProtocol = values.get(Settings.PROXY_PROTOCOL);
    if (proxyProtocol && values.get(Settings.TRUSTED_PROXIES).isEmpty()) {
      throw missing(Settings.TRUSTED_PROXIES, "the proxies that speak the PROXY protocol");
    }
    return new JetonConfig.Exposure(
        tls(),
        proxyProtocol,
        new JetonConfig.Limits(
            values.get(Settings.CONNECTIONS),
            values.get(Settings.CONNECTIONS_PER_ADDRESS),
            values.get(Settings.IDLE_TIME),
            values.get(Settings.UNANSWERED_TIME)));
  }

  private static ConfigException missing(Setting<?> setting, String expected) {
    return new ConfigException(setting.key() + ": nothing (expected: " + expected + ")");
  }

  private Optional<JetonConfig.Tls> tls() throws ConfigException {
    Optional<Path> certificate = values.get(Settings.TLS_CERTIFICATE);
    Optional<Path> key = values.get(Settings.TLS_KEY);
    Optional<Path> clientCa = values.get(Settings.TLS_CLIENT_CA);
    JetonConfig.ClientAuth clientAuth = values.get(Settings.TLS_CLIENT_AUTH);
    boolean onOps = values.get(Settings.OPS_TLS);
    boolean asksClients = clientAuth != JetonConfig.ClientAuth.NONE;
    if (certificate.isEmpty()
        && (key.isPresent() || clientCa.isPresent() || asksClients || onOps)) {
      throw missing(
          Settings.TLS_CERTIFICATE, "the path of a PEM file, since other TLS settings are there");
    }
    if (certificate.isPresent() && key.isEmpty()) {
      throw missing(Settings.TLS_KEY, "the path of the key of tls.certificate");
    }
    if (asksClients && clientCa.isEmpty()) {
      throw missing(Settings.TLS_CLIENT_CA, "the path of a PEM file, since tls.client-auth is set");
    }
    if (clientCa.isPresent() && !asksClients) {
      throw new ConfigException(
          Settings.TLS_CLIENT_AUTH.key(),
          "none",
          "wanted or required, since tls.client-ca is there");
    }
    return certificate.map(
        file -> new JetonConfig.Tls(file, key.orElseThrow(), clientCa, clientAuth, onOps));
  }
}
