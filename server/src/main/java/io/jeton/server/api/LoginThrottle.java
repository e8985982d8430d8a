package io.jeton.server.api;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Refuses logins that failed too often: per account or, where there is no account, per login text,
 * and per address of the end client, realm by realm. A success neither counts nor forgives: else
 * whoever has one account could guess at all others without end. Held in memory, bounded. Safe for
 * use by several threads; never blocks for long.
 */
public final class LoginThrottle {
  private static final int MOST_KEYS = 100_000;
  private static final int NETWORK_BYTES = 8;

  private final FailureCounter accounts;

  /** Apart from the accounts, so that strangers who try many names make nobody's be forgotten. */
  private final FailureCounter unknownLogins;

  private final FailureCounter addresses;

  /**
   * How many failures are too many.
   *
   * @param failuresPerAccount failures of one account after which it is refused
   * @param failuresPerAddress failures of one address after which it is refused
   * @param window how long failures count, from the first on
   */
  public record Limits(int failuresPerAccount, int failuresPerAddress, Duration window) {}

  public LoginThrottle(Limits limits, InstantSource clock) {
    this.accounts = counter(limits.failuresPerAccount, limits, clock);
    this.unknownLogins = counter(limits.failuresPerAccount, limits, clock);
    this.addresses = counter(limits.failuresPerAddress, limits, clock);
  }

  private static FailureCounter counter(int limit, Limits limits, InstantSource clock) {
    return new FailureCounter(limit, limits.window, MOST_KEYS, clock);
  }

  /**
   * Begins an attempt from an address; {@link Attempt#end} must follow.
   *
   * @throws RefusedException LOGINS_THROTTLED
   */
  Attempt begin(Realm realm, Optional<String> endClient) {
    Optional<String> address = endClient.map(each -> realm.id() + " " + network(each));
    address.ifPresent(addresses::begin);
    return new Attempt(address);
  }

  /** One login on its way. Used by one thread at a time. */
  final class Attempt {
    private final Optional<String> address;
    private Optional<Runnable> failed = Optional.empty();
    private Optional<Runnable> released = Optional.empty();

    private Attempt(Optional<String> address) {
      this.address = address;
    }

    /**
     * Says whom it is for.
     *
     * @throws RefusedException LOGINS_THROTTLED
     */
    void isFor(boolean isAccount, String key) {
      FailureCounter counter = isAccount ? accounts : unknownLogins;
      counter.begin(key);
      failed = Optional.of(() -> counter.end(key, true));
      released = Optional.of(() -> counter.end(key, false));
    }

    /** Says how it ended; one that was not carried out is no failure. */
    void end(boolean isFailure) {
      (isFailure ? failed : released).ifPresent(Runnable::run);
      address.ifPresent(each -> addresses.end(each, isFailure));
    }
  }

  /** The address, of IPv6 its network of 64 bits, which one client has whole. */
  private static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      // A text with a colon is an address or nothing: no name is looked up.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
