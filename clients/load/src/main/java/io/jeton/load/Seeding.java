package io.jeton.load;

import io.jeton.load.call.BatchVerifyCall;
import io.jeton.load.call.IssueCall;
import io.jeton.load.call.Secrets;
import io.jeton.load.call.TokenSet;
import io.jeton.load.child.BenchException;
import io.jeton.load.http2.Call;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.io.PrintStream;

/** Gives a server the tokens that it is then measured with. */
final class Seeding {
  private static final int CONNECTIONS = 8;
  static final int ISSUES_IN_FLIGHT = 256;
  private static final int BATCHES_IN_FLIGHT = 16;

  private final PrintStream progress;

  Seeding(PrintStream progress) {
    this.progress = progress;
  }

  /** Issues new tokens. Blocks. */
  TokenSet issue(Target target, int count) throws IOException {
    var tokens = new TokenSet(count);
    var call = new IssueCall(tokens::put, new Progress("issued", count, progress)::add);
    run(target, call, ISSUES_IN_FLIGHT, count);
    return tokens;
  }

  /** Has the server verify a range of the tokens, so that it caches them. Blocks. */
  void fill(Target target, Secrets tokens, int begin, int end) throws IOException {
    var call =
        new BatchVerifyCall(
            tokens, begin, end, new Progress("verified", (long) end - begin, progress)::add);
    run(target, call, BATCHES_IN_FLIGHT, call.requests());
  }

  /** Makes calls, all of which have to succeed. Blocks. */
  static void run(Target target, Call call, int inFlight, long requests) throws IOException {
    Plan plan = Plan.of(CONNECTIONS, inFlight / CONNECTIONS, requests);
    LoadResult result = ClosedLoop.run(target, call, plan);
    if (result.wrong() > 0 || result.right() < requests) {
      throw new BenchException(
          "%s: %d of %d calls failed: %s"
              .formatted(call.path(), requests - result.right(), requests, result.faults()));
    }
  }
}
