package io.jeton.bridge.contract.thinksns;

/** What a documented path is for. */
enum Route {
  LOGIN("/auth/login", "POST"),
  LOGOUT("/auth/logout", Route.EVERY_METHOD),
  REFRESH("/auth/refresh", Route.EVERY_METHOD),
  TOKENS("/tokens", "POST"),
  /** One token of {@code /tokens}. */
  TOKEN("/tokens", "PATCH"),
  /** Every path that the document lacks. */
  OTHER("", Route.EVERY_METHOD);

  private static final String EVERY_METHOD = "GET, HEAD, POST, PUT, PATCH, DELETE";

  private final String path;
  private final String methods;

  Route(String path, String methods) {
    this.path = path;
    this.methods = methods;
  }

  /** The path that the claim {@code iss} of its tokens ends with. */
  String issuerPath() {
    return path;
  }

  /** Whether it answers a method; one without a method of its own answers every one. */
  boolean answers(String method) {
    return methods.equals(EVERY_METHOD) || methods.equals(method);
  }

  /** The value of the header {@code Allow} for other methods. */
  String allow() {
    return methods;
  }
}
