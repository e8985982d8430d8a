package io.jeton.server.it;

import java.nio.file.Path;
import java.util.Optional;

/** Where the sources are. */
final class Repository {
  private Repository() {}

  /** The folder of the clients, from the property {@code jeton.clients}. */
  static Path clients() {
    return Path.of(
            Optional.ofNullable(System.getProperty("jeton.clients"))
                .orElseThrow(() -> new IllegalStateException("jeton.clients is not set")))
        .toAbsolutePath()
        .normalize();
  }

  static Path root() {
    return clients().getParent();
  }
}
