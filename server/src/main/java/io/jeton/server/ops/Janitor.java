package io.jeton.server.ops;

import io.jeton.server.storage.mysql.Retention;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody can need any more: expired request ids, revisions older than a day, and what
 * original servers had revoked that has expired since.
 */
public final class Janitor implements Runnable {
  /** How often it should run. */
  public static final Duration PERIOD = Duration.ofMinutes(5);

  private static final Duration REVISIONS_KEPT = Duration.ofHours(24);
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final Retention retention;
  private final InstantSource clock;

  public Janitor(Retention retention, InstantSource clock) {
    this.retention = retention;
    this.clock = clock;
  }

  /** Works through all that is due, in small batches. Blocks. */
  @Override
  public void run() {
    try {
      int requests = retention.forgetRequests(clock.instant());
      int revisions = retention.forgetRevisions(clock.instant().minus(REVISIONS_KEPT));
      int jtis = retention.forgetRevokedJtis(clock.instant());
      if (requests + revisions + jtis > 0) {
        LOG.info(
            "Forgot {} request ids, {} revisions and {} foreign revocations",
            requests,
            revisions,
            jtis);
      }
    } catch (RuntimeException e) {
      LOG.warn("The janitor stopped early and will try again", e);
    }
  }
}
