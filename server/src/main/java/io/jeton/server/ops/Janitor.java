package io.jeton.server.ops;

import io.jeton.server.storage.mysql.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody can need any more: expired request ids, revisions older than a day, answers
 * of refreshes that are no longer owed, what original servers had revoked that has expired since,
 * and expired sessions.
 */
public final class Janitor implements Runnable {
  /** How often it should run. */
  public static final Duration PERIOD = Duration.ofMinutes(5);

  private static final Duration REVISIONS_KEPT = Duration.ofHours(24);

  /** Longer than a call takes that found a session live and lets it last longer. */
  private static final Duration SESSIONS_KEPT = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final Retention retention;
  private final Runnable slides;
  private final InstantSource clock;

  /** The start of the node counts as one, so that it is not late from its first second on. */
  private volatile Instant lastSuccess;

  /**
   * Takes its parts.
   *
   * @param slides writes the ends of sessions that are not written yet: a session that lasts longer
   *     than its row says must not be removed
   */
  public Janitor(Retention retention, Runnable slides, InstantSource clock) {
    this.retention = retention;
    this.slides = slides;
    this.clock = clock;
    this.lastSuccess = clock.instant();
  }

  /** When it last worked through all that was due, or was made. */
  public Instant lastSuccess() {
    return lastSuccess;
  }

  /** Works through all that is due, in small batches. Blocks. */
  @Override
  public void run() {
    try {
      int requests = retention.forgetRequests(clock.instant());
      int revisions = retention.forgetRevisions(clock.instant().minus(REVISIONS_KEPT));
      int seals = retention.eraseSeals(clock.instant());
      int jtis = retention.forgetRevokedJtis(clock.instant());
      Instant expired = clock.instant().minus(SESSIONS_KEPT);
      slides.run();
      int sessions = retention.forgetSessions(expired);
      lastSuccess = clock.instant();
      if (requests + revisions + seals + jtis + sessions > 0) {
        LOG.info(
            "Forgot {} request ids, {} revisions, {} sealed answers, {} foreign revocations and {}"
                + " sessions",
            requests,
            revisions,
            seals,
            jtis,
            sessions);
      }
    } catch (RuntimeException e) {
      LOG.warn("The janitor stopped early and will try again", e);
    }
  }
}
