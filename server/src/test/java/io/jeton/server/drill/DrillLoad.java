package io.jeton.server.drill;

import io.jeton.client.IssueSpec;
import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.ServedFrom;
import io.jeton.client.TokenRef;
import io.jeton.client.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients do while the database is made to fail: verifications of tokens in memory and of
 * tokens that are not, issues, revocations; and what they were told. Safe for use by several
 * threads.
 */
final class DrillLoad {
  private static final int WARM = 50;
  private static final int COLD = 600;
  private static final int REVOKED = 500;
  private static final Duration PAUSE_OF_HITS = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofMillis(80);

  /** Kinds of calls. */
  enum Kind {
    HIT,
    COLD,
    ISSUE,
    REVOKE
  }

  /**
   * One call and its answer.
   *
   * @param problem why there was none, or what was wrong with it; empty: it was right
   */
  record Call(Kind kind, long begin, long end, String problem) {
    boolean isAnswered() {
      return problem.isEmpty();
    }

    Duration took() {
      return Duration.ofNanos(end - begin);
    }
  }

  private final JetonClient client;
  private final List<IssuedToken> warm = new ArrayList<>();
  private final Queue<IssuedToken> cold = new ConcurrentLinkedQueue<>();
  private final Queue<IssuedToken> toRevoke = new ConcurrentLinkedQueue<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /** Tokens by their ids. */
  private final Map<String, IssuedToken> issued = new ConcurrentHashMap<>();

  private final Map<String, IssuedToken> revoked = new ConcurrentHashMap<>();

  /** Those whose revocation was not answered. */
  private final Map<String, IssuedToken> doubtful = new ConcurrentHashMap<>();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isOver;

  /** Makes the tokens that will be needed. Blocks. */
  DrillLoad(JetonClient client) {
    this.client = client;
    for (int n = 0; n < WARM; n++) {
      warm.add(issue());
    }
    for (int n = 0; n < COLD; n++) {
      cold.add(issue());
    }
    for (int n = 0; n < REVOKED; n++) {
      toRevoke.add(issue());
    }
    warm.forEach(token -> client.tokens().verify(token.secret()));
    // Held in memory, so that a revocation has something to make untrue.
    toRevoke.forEach(token -> client.tokens().verify(token.secret()));
  }

  /** Begins; more writers than the node has connections for them. */
  void begin() {
    start(2, Kind.HIT, n -> hit(warm.get(n % warm.size())));
    start(3, Kind.COLD, n -> cold());
    start(8, Kind.ISSUE, n -> remember(issued, issue()));
    start(4, Kind.REVOKE, n -> revoke());
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  Map<String, IssuedToken> issued() {
    return issued;
  }

  Map<String, IssuedToken> revoked() {
    return revoked;
  }

  Map<String, IssuedToken> doubtful() {
    return doubtful;
  }

  /** Ends it; the calls under way get their answers. Blocks. */
  void stop() throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private interface Work {
    /** Answers what was wrong; empty: nothing. */
    String run(int n);
  }

  private void start(int count, Kind kind, Work work) {
    for (int n = 0; n < count; n++) {
      Thread thread = new Thread(() -> repeat(kind, work), "drill-" + kind + "-" + n);
      threads.add(thread);
      thread.start();
    }
  }

  private void repeat(Kind kind, Work work) {
    for (int n = 0; !isOver; n++) {
      long begin = System.nanoTime();
      String problem;
      try {
        problem = work.run(n);
      } catch (JetonException e) {
        problem = e.reason().orElse(e.code());
      } catch (RuntimeException e) {
        problem = e.toString();
      }
      calls.add(new Call(kind, begin, System.nanoTime(), problem));
      LockSupport.parkNanos((kind == Kind.HIT ? PAUSE_OF_HITS : PAUSE).toNanos());
    }
  }

  private String hit(IssuedToken token) {
    Verdict verdict = client.tokens().verify(token.secret());
    if (!verdict.active()) {
      return "inactive: " + verdict.reason();
    }
    return verdict.servedFrom() == ServedFrom.CACHE ? "" : "from " + verdict.servedFrom();
  }

  private String cold() {
    IssuedToken token = cold.poll();
    if (token == null) {
      isOver = true;
      return "no token left: make more";
    }
    Verdict verdict = client.tokens().verify(token.secret());
    return verdict.active() ? "" : "inactive: " + verdict.reason();
  }

  private String revoke() {
    IssuedToken token = toRevoke.poll();
    if (token == null) {
      isOver = true;
      return "no token left: make more";
    }
    doubtful.put(token.token().id(), token);
    client.tokens().revoke(TokenRef.secret(token.secret()));
    doubtful.remove(token.token().id());
    return remember(revoked, token);
  }

  private IssuedToken issue() {
    return client.tokens().issue(IssueSpec.builder().subject("drill").build());
  }

  private static String remember(Map<String, IssuedToken> tokens, IssuedToken token) {
    tokens.put(token.token().id(), token);
    return "";
  }
}
