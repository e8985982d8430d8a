package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.testing.SettableClock;
import io.jeton.server.testing.Tokens;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final Realm REALM = Tokens.REALM;

  private final LoginThrottle throttle =
      new LoginThrottle(
          new LoginThrottle.Limits(2, 4, Duration.ofMinutes(5)), new SettableClock(Tokens.NOON));

  @Test
  void anAddress_isRefused_whoeverItTries() {
    for (int n = 0; n < 4; n++) {
      fail("192.0.2.1", "account" + n);
    }
    assertRefused("192.0.2.1", "account9");
    fail("192.0.2.2", "account9");
    throttle.begin(new Realm(2, new RealmName("other")), Optional.of("192.0.2.1"));
  }

  @Test
  void anAccount_isRefused_fromWhereverItIsTried() {
    fail("192.0.2.1", "account");
    fail("192.0.2.2", "account");
    assertRefused("192.0.2.3", "account");
    // What was refused did not count for its address.
    for (int n = 0; n < 4; n++) {
      fail("192.0.2.3", "account" + n);
    }
    assertRefused("192.0.2.3", "account9");
  }

  @Test
  void anUnknownLogin_countsApart_fromAnAccountOfTheSameKey() {
    fail("192.0.2.1", "key");
    fail("192.0.2.1", "key");
    LoginThrottle.Attempt attempt = throttle.begin(REALM, Optional.empty());
    attempt.isFor(false, "key");
    attempt.end(true);
    assertRefused("192.0.2.1", "key");
  }

  @Test
  void ofIpv6_aNetworkIsOneClient() {
    fail("2001:db8:1:2:3:4:5:6", "a");
    fail("2001:db8:1:2::1", "b");
    fail("2001:db8:1:2:ffff::", "c");
    fail("2001:0db8:0001:0002::9", "d");
    assertRefused("2001:db8:1:2::7", "e");
    fail("2001:db8:1:3::7", "e");
  }

  @Test
  void withoutTheEndClientsAddress_onlyAccountsAreRefused() {
    for (int n = 0; n < 50; n++) {
      LoginThrottle.Attempt attempt = throttle.begin(REALM, Optional.empty());
      attempt.isFor(true, "account" + n);
      attempt.end(true);
    }
    assertThat(throttle.begin(REALM, Optional.of("192.0.2.1"))).isNotNull();
  }

  private void fail(String address, String key) {
    LoginThrottle.Attempt attempt = throttle.begin(REALM, Optional.of(address));
    attempt.isFor(true, key);
    attempt.end(true);
  }

  private void assertRefused(String address, String key) {
    assertThatThrownBy(
            () -> {
              LoginThrottle.Attempt attempt = throttle.begin(REALM, Optional.of(address));
              try {
                attempt.isFor(true, key);
              } catch (RefusedException e) {
                attempt.end(false);
                throw e;
              }
            })
        .isInstanceOf(RefusedException.class);
  }
}
