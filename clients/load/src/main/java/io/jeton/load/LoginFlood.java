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
import java.util.concurrent.locks.LockSupport;

/** Logins at a pace, on a thread of their own: many more than the server can check. */
final class LoginFlood {
  private static final String SERVICE = "/jeton.v1.AccountService/";
  private static final String NAME = "bench";
  private static final String PASSWORD = "correct horse battery staple";
  private static final int CONNECTIONS = 2;
  private static final int STREAMS = 32;

  /** How many logins are in flight while the capacity is measured: fewer than may wait. */
  private static final int FEW = 4;

  private final Target target;
  private final double perSecond;

  private LoginFlood(Target target, double perSecond) {
    this.target = target;
    this.perSecond = perSecond;
  }

  /**
   * Adds an account, measures how many of its logins a second the server can check, and prepares a
   * flood of so many times that. Blocks.
   */
  static LoginFlood of(Target target, int times, int seconds) throws IOException {
    CreateAccountRequest account =
        CreateAccountRequest.newBuilder().setName(NAME).setPassword(PASSWORD).build();
    ClosedLoop.run(
        target, new OneCall(SERVICE + "CreateAccount", account, () -> {}), Plan.of(1, 1, 1));
    LoadResult result =
        ClosedLoop.run(target, logins(() -> {}), Plan.of(1, FEW, Duration.ofSeconds(seconds)));
    if (result.right() == 0) {
      throw new BenchException("no login was checked: " + result.faults());
    }
    return new LoginFlood(target, times * result.requestsPerSecond());
  }

  /** How many logins it makes a second. */
  double perSecond() {
    return perSecond;
  }

  /** Begins a flood that ends after so long; the thread can be joined. */
  Thread begin(int seconds) {
    Thread thread = new Thread(() -> run(seconds), "login flood");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void run(int seconds) {
    long interval = (long) (1e9 / perSecond);
    long begin = System.nanoTime();
    long[] made = {0};
    Runnable pace =
        () -> {
          long due = begin + made[0]++ * interval;
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
        };
    try {
      // Those that the server refuses because it is busy are as they should be.
      LoadResult unused =
          ClosedLoop.run(
              target, logins(pace), Plan.of(CONNECTIONS, STREAMS, Duration.ofSeconds(seconds)));
    } catch (IOException e) {
      System.err.println("the login flood ended early: " + e.getMessage());
    }
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
