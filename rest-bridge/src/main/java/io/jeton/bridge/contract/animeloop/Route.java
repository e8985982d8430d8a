package io.jeton.bridge.contract.animeloop;

/** What a path stands for. It is compared ignoring case, and nothing of it is decoded. */
enum Route {
  LIST("/auth/token", "GET,HEAD"),
  NEW("/auth/token/new", "POST"),
  REVOKE("/auth/token/revoke", "POST"),
  /** Every path that the document lacks. */
  OTHER("", "");

  private static final String AREA = "/auth/token/";

  private final String path;
  private final String methods;

  Route(String path, String methods) {
    this.path = path;
    this.methods = methods;
  }

  /** What a path below the prefix stands for; one slash may follow it. */
  static Route of(String path) {
    for (Route route : new Route[] {LIST, NEW, REVOKE}) {
      if (path.equalsIgnoreCase(route.path) || path.equalsIgnoreCase(route.path + "/")) {
        return route;
      }
    }
    return OTHER;
  }

  /** How many characters of a path are the beginning of the contract's area, or none. */
  static int areaLength(String path) {
    return path.regionMatches(true, 0, AREA, 0, AREA.length()) ? AREA.length() : 0;
  }

  /** The value of the header {@code Allow}. */
  String allow() {
    return methods;
  }
}
