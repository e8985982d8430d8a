package io.jeton.bridge.contract.liveget;

import java.util.Optional;

/** What a path is for: the document's three, and four more that its server has. */
enum Route {
  CREATE("/token/create"),
  DELETE("/token/delete"),
  VERIFY("/token/verify"),
  INFO("/token/info"),
  SET_MACHINE("/token/setMachine"),
  RENEW("/token/renew"),
  RANDOM("/token/random");

  private static final String AREA = "/token/";
  private static final Route[] ROUTES = values();

  private final String path;

  Route(String path) {
    this.path = path;
  }

  /** The route of a path as it was sent; one slash may follow it. */
  static Optional<Route> of(String path) {
    if (!path.startsWith(AREA)) {
      return Optional.empty();
    }
    for (Route route : ROUTES) {
      if (route.isAt(path)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  private boolean isAt(String sent) {
    return sent.startsWith(path)
        && (sent.length() == path.length() || sent.substring(path.length()).equals("/"));
  }
}
