package io.jeton.bridge.contract.animeloop;

/** What a path stands for. It is compared ignoring case, and nothing of it is decoded. */
enum Route {
  LIST("/auth/token", "GET,HEAD"),
  NEW("/auth/token/new", "POST"),
  REVOKE("/auth/token/revoke", "POST"),
  /** Every path that the document lacks. */
  OTHER("", "");

  private static final String AREA = "/auth/token/";

  private static final Route[] DOCUMENTED = {LIST, NEW, REVOKE};

  private final String path;
  private final String methods;

  Route(String path, String methods) {
    this.path = path;
    this.methods = methods;
  }

  /** What a path below the prefix stands for; one slash may follow it. */
  static Route of(String path) {
    for (Route route : DOCUMENTED) {
      if (route.isAt(path)) {
        return route;
      }
    }
    return OTHER;
  }

  private boolean isAt(String sent) {
    int length = path.length();
    return sent.regionMatches(true, 0, path, 0, length)
        && (sent.length() == length || (sent.length() == length + 1 && sent.charAt(length) == '/'));
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
