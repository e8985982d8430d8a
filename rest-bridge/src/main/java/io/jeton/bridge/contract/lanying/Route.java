package io.jeton.bridge.contract.lanying;

import io.jeton.v1.AccountRef;
import java.util.Optional;

/** The calls of the contract: each names the account in a field of its own. */
enum Route {
  /** POST /token/id. */
  ID("/token/id", "user_id"),
  /** POST /token/login. */
  LOGIN("/token/login", "login_name"),
  /** POST /token/user. */
  USER("/token/user", "name");

  private static final Route[] ROUTES = values();

  private final String path;
  private final String field;

  Route(String path, String field) {
    this.path = path;
    this.field = field;
  }

  /** The call at a path, which is compared as it was sent. */
  static Optional<Route> of(String path) {
    for (Route route : ROUTES) {
      if (route.path.equals(path)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  /**
   * The account that a body names.
   *
   * @throws FailureException when the field is missing or cannot be taken
   */
  AccountRef account(Body body) {
    AccountRef.Builder account = AccountRef.newBuilder();
    return switch (this) {
      case ID -> account.setId(Long.toString(body.integer(field))).build();
      case LOGIN -> account.setLogin(name(body)).build();
      case USER -> account.setName(name(body)).build();
    };
  }

  private String name(Body body) {
    String name = body.text(field);
    if (!Login.isNameOfSomebody(name)) {
      throw new FailureException(Failure.REJECTED);
    }
    return name;
  }
}
