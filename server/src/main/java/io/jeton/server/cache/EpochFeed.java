package io.jeton.server.cache;

import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.Epochs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ends of groups that a node holds in memory as the store has them: only what is new is
 * read. Safe for use by several threads; blocks.
 */
public final class EpochFeed {
  private static final Logger LOG = LoggerFactory.getLogger(EpochFeed.class);

  private final EpochStore store;
  private final Epochs epochs;

  /** Reads the store for the first time. */
  public EpochFeed(EpochStore store, Epochs epochs) {
    this.store = store;
    this.epochs = epochs;
    refresh();
  }

  /** What is held. */
  public Epochs epochs() {
    return epochs;
  }

  /** Reads what is new; what was committed before the call is held after it. */
  public synchronized void refresh() {
    store
        .current()
        .forEach(
            (realm, epoch) -> {
              int followed = epochs.followed(realm);
              if (epoch > followed) {
                epochs.follow(realm, store.since(realm, followed));
              }
            });
  }

  /** Reads what is new if the store answers. */
  public void refreshQuietly() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.debug("The ends of groups were not read", e);
    }
  }
}
