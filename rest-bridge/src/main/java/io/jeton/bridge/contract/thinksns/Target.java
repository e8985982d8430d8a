package io.jeton.bridge.contract.thinksns;

/**
 * What a request is sent to. Slashes at the end don't matter, and the path is taken
 * percent-decoded, as the original's router takes it.
 *
 * @param token the last part of the path for {@link Route#TOKEN}, else empty
 */
record Target(Route route, String token) {
  private static final String TOKENS = Route.TOKENS.issuerPath() + "/";
  private static final String AUTH = "/auth/";

  /** What a path below the prefix stands for. */
  static Target of(String path) {
    String decoded = withoutFinalSlashes(Percent.decode(path, false));
    for (Route route : new Route[] {Route.LOGIN, Route.LOGOUT, Route.REFRESH, Route.TOKENS}) {
      if (route.issuerPath().equals(decoded)) {
        return new Target(route, "");
      }
    }
    if (decoded.startsWith(TOKENS) && decoded.indexOf('/', TOKENS.length()) < 0) {
      return new Target(Route.TOKEN, decoded.substring(TOKENS.length()));
    }
    return new Target(Route.OTHER, "");
  }

  /** How many characters of a path are the beginning of an area of this contract, or none. */
  static int areaLength(String path) {
    if (path.startsWith(AUTH)) {
      return AUTH.length();
    }
    return path.startsWith(TOKENS) ? TOKENS.length() : 0;
  }

  private static String withoutFinalSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return route.name();
  }
}
