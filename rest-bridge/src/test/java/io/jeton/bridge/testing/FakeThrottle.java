package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The throttling of failed logins of a {@link FakeCore}: 20 per login, 100 per address. */
final class FakeThrottle {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int PER_LOGIN = 20;
  private static final int PER_ADDRESS = 100;

  private final Map<String, List<Instant>> failures = new HashMap<>();

  void requireRoom(String login, String address, Instant now) {
    requireRoom("login " + login, PER_LOGIN, now);
    if (!address.isEmpty()) {
      requireRoom("address " + address, PER_ADDRESS, now);
    }
  }

  void failed(String login, String address, Instant now) {
    failures.computeIfAbsent("login " + login, unused -> new ArrayList<>()).add(now);
    failures.computeIfAbsent("address " + address, unused -> new ArrayList<>()).add(now);
  }

  private void requireRoom(String key, int limit, Instant now) {
    List<Instant> times = failures.getOrDefault(key, new ArrayList<>());
    times.removeIf(time -> !now.isBefore(time.plus(WINDOW)));
    if (times.size() >= limit) {
      throw new CoreException(
          ErrorReason.ERROR_REASON_LOGINS_THROTTLED,
          Duration.between(now, times.get(0).plus(WINDOW)));
    }
  }
}
