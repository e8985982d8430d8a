package io.jeton.load.http2;

import java.net.InetSocketAddress;
import java.net.URI;

/** A server to call in clear HTTP/2, and the service key to call it with. */
public record Target(URI uri, String key) {
  /**
   * Checks that the server's address is one that the generator can call.
   *
   * @throws IllegalArgumentException with a line for the user, if it is not
   */
  public Target {
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException(uri + " (expected: http://HOST:PORT)");
    }
  }

  InetSocketAddress address() {
    String host = uri.getHost();
    return new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), uri.getPort());
  }

  String authority() {
    return uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
