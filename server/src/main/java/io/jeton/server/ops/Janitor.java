package io.jeton.server.ops;

import io.jeton.server.storage.mysql.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody can need any more: see {@link Removed}, and the table in {@code
 * docs/keeping.md}.
 */
public final class Janitor implements Runnable {
  /** How often it should run. */
  public static final Duration PERIOD = Duration.ofMinutes(5);

  private static final Duration REVISIONS_KEPT = Duration.ofHours(24);

  /** Longer than a call takes that found a session live and lets it last longer. */
  private static final Duration SESSIONS_KEPT = Duration.ofMinutes(1);

  /** Of 500 tokens each: fourteen million tokens are looked at in a day. */
  private static final int STRETCHES = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final Retention retention;
  private final Kept kept;
  private final BooleanSupplier slides;
  private final Counts counts;
  private final InstantSource clock;

  /** The start of the node counts as one, so that it is not late from its first second on. */
  private volatile Instant lastSuccess;

  /** What it removes. */
  public enum Removed {
    /** Request ids that have expired, with their answers. */
    REQUEST_IDS,
    /** Revisions older than a day. */
    REVISIONS,
    /** Answers of refreshes that are no longer owed; the rows stay. */
    SEALED_ANSWERS,
    /** What original servers had revoked that has expired since. */
    FOREIGN_REVOCATIONS,
    /** Expired sessions. */
    SESSIONS,
    /** Tokens that have been over for as long as the settings say, with their families. */
    TOKENS,
    /** Records of changes that are older than the settings say. */
    AUDIT_RECORDS
  }

  /**
   * How long it keeps what the operator decides about.
   *
   * @param tokens those of tokens, after they are over
   * @param audit the records of changes
   */
  public record Kept(Duration tokens, Duration audit) {}

  /** Is told what was removed. */
  public interface Counts {
    /** Rows were removed. */
    void removed(Removed what, int rows);

    /** A run came to its end. */
    void ran(Instant at);
  }

  /**
   * Takes its parts.
   *
   * @param slides writes the ends of sessions that are not written yet, and says whether it could:
   *     a session that lasts longer than its row says must not be removed
   */
  public Janitor(
      Retention retention, Kept kept, BooleanSupplier slides, Counts counts, InstantSource clock) {
    this.retention = retention;
    this.kept = kept;
    this.slides = slides;
    this.counts = counts;
    this.clock = clock;
    this.lastSuccess = clock.instant();
  }

  /** When it last worked through all that was due, or was made. */
  public Instant lastSuccess() {
    return lastSuccess;
  }

  /**
   * Works through all that is due, in small batches; a kind that fails keeps no other from going.
   * Stops early when interrupted. Blocks.
   */
  @Override
  public void run() {
    Instant now = clock.instant();
    List<String> done = new ArrayList<>();
    boolean isThrough = true;
    for (Removed what : Removed.values()) {
      try {
        int rows = remove(what, now);
        counts.removed(what, rows);
        if (rows > 0) {
          done.add(rows + " " + words(what));
        }
      } catch (RuntimeException e) {
        LOG.warn("The janitor could not remove {} and will try again", words(what), e);
        isThrough = false;
      }
    }
    if (isThrough) {
      lastSuccess = clock.instant();
      counts.ran(lastSuccess);
    }
    if (!done.isEmpty()) {
      LOG.info("Removed {}", String.join(", ", done));
    }
  }

  private static String words(Removed what) {
    return label(what).replace('_', ' ');
  }

  /** What it is called in metrics. */
  static String label(Removed what) {
    return what.name().toLowerCase(Locale.ROOT);
  }

  private int remove(Removed what, Instant now) {
    return switch (what) {
      case REQUEST_IDS -> retention.forgetRequests(now);
      case REVISIONS -> retention.forgetRevisions(now.minus(REVISIONS_KEPT));
      case SEALED_ANSWERS -> retention.eraseSeals(now);
      case FOREIGN_REVOCATIONS -> retention.forgetRevokedJtis(now);
      case SESSIONS -> {
        if (!slides.getAsBoolean()) {
          throw new IllegalStateException("some may last longer than the database says");
        }
        yield retention.forgetSessions(now.minus(SESSIONS_KEPT));
      }
      case TOKENS -> retention.sweepTokens(now.minus(kept.tokens()), STRETCHES);
      case AUDIT_RECORDS -> retention.forgetAudit(now.minus(kept.audit()));
    };
  }
}
