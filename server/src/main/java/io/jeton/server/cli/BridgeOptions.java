package io.jeton.server.cli;

import io.jeton.server.domain.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says about a bridge; it goes before the environment and the file.
 *
 * @param core the server that the contracts are answered from
 * @param key the service key to present to it
 * @param certificates whom to believe that it is that server, and what to show it
 * @param config the configuration file to read
 * @param host the address to listen on
 * @param port the port of the contracts, 0 for a free one
 * @param opsPort the port of metrics and health, 0 for a free one
 */
public record BridgeOptions(
    URI core,
    Secret key,
    Certificates certificates,
    Optional<Path> config,
    Optional<String> host,
    Optional<Integer> port,
    Optional<Integer> opsPort) {

  /** PEM files. */
  public record Certificates(
      Optional<Path> ca, Optional<Path> certificate, Optional<Path> certificateKey) {
    public static Certificates none() {
      return new Certificates(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }
}
