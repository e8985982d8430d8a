package io.jeton.client;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a server listens, and whether it is spoken to in clear text. */
record ServerAddress(String authority, boolean isTls) {

  /** Reads {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}. */
  static ServerAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    boolean isTls = scheme.equalsIgnoreCase("https");
    boolean isBare =
        uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawPath() != null
            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
    boolean isHttp = isTls || scheme.equalsIgnoreCase("http");
    if (!isHttp || uri.getHost() == null || !isBare) {
      throw refusal();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
    return new ServerAddress(uri.getHost() + ":" + port, isTls);
  }

  /** Does not repeat the address, which may hold a password. */
  private static IllegalArgumentException refusal() {
    return new IllegalArgumentException(
        "not the address of a server (expected: http://HOST:PORT or https://HOST:PORT)");
  }

  String target() {
    return "dns:///" + authority;
  }
}
