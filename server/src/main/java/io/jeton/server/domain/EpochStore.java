package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Ends groups of tokens, whose rows stay as they are. The epochs of a realm are numbered in the
 * order of their commits, without a gap. Implementations are safe for use by several threads.
 * Blocks.
 */
public interface EpochStore {
  /**
   * Ends all tokens of a group that were issued before, with a revision and an audit record in the
   * same transaction. It is durable on return, and has changed nothing when it throws, unless the
   * refusal is {@link Refusal#STORE_UNAVAILABLE}, when it is not known.
   */
  GroupEnd end(Realm realm, TokenGroup group, Instant at, Actor actor);

  /** The epoch of every realm that has had a group ended. */
  Map<Realm, Integer> current();

  /**
   * The groups of a realm that were last ended in a later epoch than this, in the order of their
   * epochs: none of an epoch that was current before the call is left out.
   */
  List<GroupEnd> since(Realm realm, int epoch);
}
