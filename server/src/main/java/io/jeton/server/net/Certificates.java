package io.jeton.server.net;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port's identity as its files say it, read again when their contents change. Files that cannot
 * be used change nothing: what was read before goes on. Safe for use by several threads; only
 * reading blocks.
 */
public final class Certificates {
  /** How often the files are to be looked at. */
  public static final Duration PERIOD = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final IdentityFiles files;
  private final InstantSource clock;
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile ServerIdentity current;

  /** What the files held when they were last used. */
  private String used;

  /** What they held at the last look, if that is something else which can be used. */
  private String next = "";

  /** What is wrong with what they hold, and how many looks in a row have seen that. */
  private String problem = "";

  private int looks;

  private Certificates(
      IdentityFiles files, InstantSource clock, ServerIdentity identity, String used) {
    this.files = files;
    this.clock = clock;
    this.current = identity;
    this.used = used;
  }

  /**
   * Reads them for the first time. Blocks. An expired certificate is used, because some clients can
   * do with it, and told.
   *
   * @throws PemException when they cannot be used
   */
  public static Certificates open(IdentityFiles files, InstantSource clock) throws PemException {
    List<byte[]> contents = files.read();
    ServerIdentity identity = ServerIdentity.of(files, contents);
    if (isExpired(identity, clock)) {
      LOG.warn(
          "{}: {} has expired at {}; clients will refuse it",
          files.certificate().key(),
          files.certificate().path(),
          identity.expireTime());
    }
    return new Certificates(files, clock, identity, digest(contents));
  }

  /** What new connections are to be shown. */
  public ServerIdentity current() {
    return current;
  }

  /**
   * Looks whether the files have changed. What has is used, or told once if it cannot be, at the
   * second look that sees the same: at the first somebody may have been writing. Blocks.
   */
  public synchronized void look() {
    String seen = "";
    try {
      List<byte[]> contents = files.read();
      seen = digest(contents);
      if (!seen.equals(used)) {
        ServerIdentity identity = ServerIdentity.of(files, contents);
        requireUsable(identity);
        if (seen.equals(next)) {
          take(identity);
          used = seen;
        }
      }
      next = seen;
      problem = "";
    } catch (PemException e) {
      next = "";
      note(seen + e.getMessage(), e);
    }
  }

  private void requireUsable(ServerIdentity identity) throws PemException {
    if (isExpired(identity, clock) && !isExpired(current, clock)) {
      throw PemException.of(files.certificate(), "a certificate that has not expired");
    }
  }

  private void take(ServerIdentity identity) {
    current = identity;
    reloads.incrementAndGet();
    LOG.info("The certificate was read again; it expires at {}", identity.expireTime());
  }

  private void note(String what, PemException e) {
    looks = what.equals(problem) ? looks + 1 : 1;
    problem = what;
    if (looks == 2) {
      failures.incrementAndGet();
      LOG.warn("{}; the certificate that was read before goes on", e.getMessage());
    }
  }

  /** Shows when the certificate expires, and how often reading it again went well or not. */
  public void watch(MeterRegistry metrics) {
    Gauge.builder("jeton.tls.certificate.expires", this, Certificates::secondsLeft)
        .description("How long the certificate that is used is still valid; negative: it is not")
        .baseUnit("seconds")
        .register(metrics);
    FunctionCounter.builder("jeton.tls.reloads", reloads, AtomicLong::get)
        .description("Changes of the certificate's files that were taken up")
        .register(metrics);
    FunctionCounter.builder("jeton.tls.reload.failures", failures, AtomicLong::get)
        .description("Changes of the certificate's files that could not be used")
        .register(metrics);
  }

  private double secondsLeft() {
    Instant end = current.expireTime();
    return Duration.between(clock.instant(), end).toSeconds();
  }

  private static boolean isExpired(ServerIdentity identity, InstantSource clock) {
    return !clock.instant().isBefore(identity.expireTime());
  }

  private static String digest(List<byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StringBuilder digests = new StringBuilder();
      contents.forEach(each -> digests.append(HexFormat.of().formatHex(digest.digest(each))));
      return digests.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
