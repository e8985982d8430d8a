package io.jeton.bridge;

import io.jeton.bridge.testing.CoreContract;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.v1.Account;
import java.time.Duration;
import java.time.Instant;

/** The core that the contracts are tested on does what a real one does. */
class FakeCoreTest extends CoreContract {
  private final FakeCore core =
      new FakeCore(new SettableClock(Instant.parse("2026-01-01T00:00:00Z")));
  private int lastId;

  @Override
  protected Core core() {
    return core;
  }

  @Override
  protected String account(String name, String password, boolean disabled) {
    String id = Integer.toString(++lastId);
    core.putAccount(
        Account.newBuilder()
            .setId(id)
            .setRealm("default")
            .setName(name)
            .setHasPassword(true)
            .setDisabled(disabled)
            .build(),
        password);
    return id;
  }

  @Override
  protected void session(String sid, String accountId, String data, long lifetimeSeconds) {
    core.putSession("default", sid, accountId, data, Duration.ofSeconds(lifetimeSeconds));
  }
}
