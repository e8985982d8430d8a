package io.jeton.bridge;

import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests a client address may make in a time, which begins with its first. IPv6
 * addresses count by their /64, since a client has all of one. Memory is bounded: of too many
 * addresses the one whose time ends first is forgotten.
 *
 * <p>Safe for use by several threads; never blocks for longer than a few map operations.
 */
public final class RateLimit {
  private static final int MOST_ADDRESSES = 100_000;
  private static final int NETWORK_BYTES = 8;

  private final int limit;
  private final Duration window;
  private final InstantSource clock;

  /** In the order in which the windows began, and so end. */
  private final Map<String, Window> windows = new LinkedHashMap<>();

  private RateLimit(int limit, Duration window, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  public static RateLimit perMinute(int limit, InstantSource clock) {
    return per(Duration.ofMinutes(1), limit, clock);
  }

  public static RateLimit per(Duration window, int limit, InstantSource clock) {
    return new RateLimit(limit, window, clock);
  }

  /** Counts a request of an address, unless it has used up its time, and says where it stands. */
  public Standing take(String address) {
    String network = network(address);
    Instant now = clock.instant();
    synchronized (windows) {
      forgetEnded(now);
      Window current = windows.get(network);
      if (current == null) {
        if (windows.size() >= MOST_ADDRESSES) {
          forgetOldest();
        }
        current = new Window(now.plus(window));
        windows.put(network, current);
      }
      boolean allowed = current.used < limit;
      if (allowed) {
        current.used++;
      }
      return new Standing(allowed, limit, limit - current.used, current.end);
    }
  }

  /** Where an address stands, without counting: whether its next request is allowed. */
  public Standing look(String address) {
    Instant now = clock.instant();
    synchronized (windows) {
      forgetEnded(now);
      Window current = windows.get(network(address));
      return current == null
          ? new Standing(true, limit, limit, now.plus(window))
          : new Standing(current.used < limit, limit, limit - current.used, current.end);
    }
  }

  private void forgetEnded(Instant now) {
    Iterator<Window> oldest = windows.values().iterator();
    while (oldest.hasNext() && !now.isBefore(oldest.next().end)) {
      oldest.remove();
    }
  }

  private void forgetOldest() {
    Iterator<Window> oldest = windows.values().iterator();
    oldest.next();
    oldest.remove();
  }

  private static String network(String address) {
    return Addresses.parse(address)
        .map(
            each ->
                each instanceof Inet6Address
                    ? HexFormat.of().formatHex(each.getAddress(), 0, NETWORK_BYTES)
                    : each.getHostAddress())
        .orElse(address);
  }

  /**
   * Where an address stands, after the request that was asked about.
   *
   * @param allowed whether the request may be carried out
   * @param limit how many requests the time has
   * @param remaining how many more the current one has
   * @param resetTime when the current one ends
   */
  public record Standing(boolean allowed, int limit, int remaining, Instant resetTime) {}

  private static final class Window {
    private final Instant end;
    private int used;

    Window(Instant end) {
      this.end = end;
    }
  }
}
