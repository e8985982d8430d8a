package io.jeton.bridge.contract.thinksns;

import io.jeton.bridge.Core;
import io.jeton.bridge.Inquiry;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import java.util.concurrent.CompletableFuture;

/** The passwords of an instance's accounts, in the core. Safe for use by several threads. */
final class Passwords {
  /** More than any password has; together with its form in UTF-8 below the core's limit. */
  private static final int LONGEST = 4096;

  private final String realm;
  private final Core core;

  Passwords(String realm, Core core) {
    this.realm = realm;
    this.core = core;
  }

  /** Checks a password. An account that does not exist is asked for all the same. */
  CompletableFuture<CheckPasswordResponse> check(String login, String password, Inquiry inquiry) {
    CheckPasswordRequest request =
        CheckPasswordRequest.newBuilder()
            .setRealm(realm)
            .setAccount(LoginNames.refer(login))
            .setPassword(password.length() <= LONGEST ? password : password.substring(0, LONGEST))
            .build();
    return core.checkPassword(request, inquiry.client());
  }
}
