package io.jeton.load;

import io.jeton.load.call.OneCall;
import io.jeton.load.child.BenchException;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CreateAccountRequest;
import java.io.IOException;
import java.time.Duration;

/** Logins: many more than the server can check. */
final class LoginFlood {
  private static final String SERVICE = "/jeton.v1.AccountService/";
  private static final String NAME = "bench";
  private static final String PASSWORD = "correct horse battery staple";

  /** How many logins are in flight while the capacity is measured: fewer than may wait. */
  private static final int FEW = 4;

  private LoginFlood() {}

  /**
   * Adds an account, measures how many of its logins a second the server can check, and prepares a
   * flood of so many times that. Blocks.
   */
  static Flood of(Target target, int times, int seconds) throws IOException {
    CreateAccountRequest account =
        CreateAccountRequest.newBuilder().setName(NAME).setPassword(PASSWORD).build();
    ClosedLoop.run(
        target, new OneCall(SERVICE + "CreateAccount", account, () -> {}), Plan.of(1, 1, 1));
    LoadResult result =
        ClosedLoop.run(target, logins(() -> {}), Plan.of(1, FEW, Duration.ofSeconds(seconds)));
    if (result.right() == 0) {
      throw new BenchException("no login was checked: " + result.faults());
    }
    return new Flood(target, LoginFlood::logins, times * result.requestsPerSecond());
  }

  private static OneCall logins(Runnable pace) {
    CheckPasswordRequest login =
        CheckPasswordRequest.newBuilder()
            .setAccount(AccountRef.newBuilder().setName(NAME))
            .setPassword(PASSWORD)
            .build();
    return new OneCall(SERVICE + "CheckPassword", login, pace);
  }
}
