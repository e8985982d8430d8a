package io.jeton.server.storage.mysql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Work of several threads that is done in one go: what comes while others are at it waits, and one
 * of those who wait does it for all. Who comes alone does not wait. Nobody returns before their own
 * work is done, or has failed. Safe for use by several threads; blocks.
 *
 * @param <W> a piece of work
 */
final class Together<W> {
  private final int mostAtOnce;
  private final int mostLeaders;
  private final Work<W> work;

  private final Object lock = new Object();
  private final Queue<Waiting<W>> waiting = new ArrayDeque<>();
  private int leaders;

  /** How pieces are done. */
  interface Work<W> {
    /**
     * Does one or several pieces: all but those that it answers, or none when it throws. Whoever
     * comes meanwhile waits for it, so it should wait for nobody itself.
     *
     * @return those that it left; each is done alone, while others go on
     * @throws AllFailedException when trying one by one would be of no use
     */
    List<W> all(List<W> pieces) throws AllFailedException;

    /** Does one piece, however long that takes. */
    void one(W piece);
  }

  /**
   * Nobody's work is done, for a reason that none of them is to blame for; or nobody knows whether
   * it is done.
   */
  static final class AllFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    AllFailedException(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** What a thread that waited has to do. */
  private enum Turn {
    /** Nothing: its piece is done. */
    DONE,
    /** Its own piece and those that wait by now. */
    LEAD,
    /** Its own piece, by itself: together with others it was not done. */
    ALONE
  }

  private record Waiting<W>(W piece, CompletableFuture<Turn> turn) {}

  /**
   * Takes its parts.
   *
   * @param mostAtOnce how many pieces are done in one go at the most
   * @param mostLeaders how many goes are under way at the most
   */
  Together(int mostAtOnce, int mostLeaders, Work<W> work) {
    this.mostAtOnce = mostAtOnce;
    this.mostLeaders = mostLeaders;
    this.work = work;
  }

  /** Does a piece of work, alone or with others; throws what {@link Work#one} throws. */
  void run(W piece) {
    switch (turnOf(piece)) {
      case DONE -> {}
      case LEAD -> lead(piece);
      case ALONE -> work.one(piece);
    }
  }

  /** How many wait. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  private Turn turnOf(W piece) {
    Waiting<W> mine = new Waiting<>(piece, new CompletableFuture<>());
    synchronized (lock) {
      if (leaders < mostLeaders) {
        leaders++;
        return Turn.LEAD;
      }
      waiting.add(mine);
    }
    try {
      return mine.turn.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void lead(W mine) {
    boolean isDone;
    try {
      isDone = doAll(mine, others());
    } finally {
      passOn();
    }
    if (!isDone) {
      work.one(mine);
    }
  }

  /** Whether the leader's own piece is done; the others learn whether theirs are. */
  private boolean doAll(W mine, List<Waiting<W>> others) {
    List<W> pieces = new ArrayList<>(others.size() + 1);
    pieces.add(mine);
    others.forEach(each -> pieces.add(each.piece));
    List<W> left;
    try {
      left = work.all(pieces);
    } catch (AllFailedException e) {
      others.forEach(each -> each.turn.completeExceptionally(e.failure));
      throw e.failure;
    } catch (RuntimeException e) {
      left = pieces;
    } catch (Error e) {
      others.forEach(each -> each.turn.completeExceptionally(e));
      throw e;
    }
    Set<W> alone = Collections.newSetFromMap(new IdentityHashMap<>());
    alone.addAll(left);
    others.forEach(each -> each.turn.complete(alone.contains(each.piece) ? Turn.ALONE : Turn.DONE));
    return !alone.contains(mine);
  }

  private List<Waiting<W>> others() {
    List<Waiting<W>> others = new ArrayList<>();
    synchronized (lock) {
      while (others.size() < mostAtOnce - 1 && !waiting.isEmpty()) {
        others.add(waiting.remove());
      }
    }
    return others;
  }

  /** Makes one of those who wait a leader, so that nobody works for others for ever. */
  private void passOn() {
    Waiting<W> next;
    synchronized (lock) {
      next = waiting.poll();
      if (next == null) {
        leaders--;
      }
    }
    if (next != null) {
      next.turn.complete(Turn.LEAD);
    }
  }
}
