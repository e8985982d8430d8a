package io.jeton.load;

/** The goals that a whole run is compared with, and whether more is better. */
enum Goal {
  P1("P1", "VerifyToken from the cache / F1", 0.80, true),
  P2("P2", "BatchVerifyTokens of 100, tokens/s / P1", 8, true),
  P3_AT_8("P3", "cache miss, 8 at once / F3", 0.5, true),
  P3_AT_128("P3", "cache miss, 128 at once / F3", 1.5, true),
  P4("P4", "IssueToken, durable / F4", 0.8, true),
  P5("P5", "RefreshToken / F4", 0.3, true),
  P6_CHATOT("P6", "chatot GET /token / F2", 0.75, true),
  P6_LIVEGET("P6", "liveget verify / F2", 0.75, true),
  P8("P8", "bytes of heap for a cached token", 400, false),
  P9_EXISTING("P9", "seconds to an answer, existing data", 5, false),
  P9_NEW("P9", "seconds to an answer, new data", 12, false),
  P11_HITS("P11", "hits, many rows / few", 0.9, true),
  P11_MISSES("P11", "misses, many rows / few", 0.9, true),
  P11_EXPIRING("P11", "hits while rows expire / few rows", 0.9, true),
  P12_LOGINS("P12", "p99 in a flood of logins / without", 2, false),
  P12_UNKNOWN("P12", "p99 in a flood of unknown tokens / without", 2, false);

  private final String id;
  private final String what;
  private final double bound;
  private final boolean isMoreBetter;

  Goal(String id, String what, double bound, boolean isMoreBetter) {
    this.id = id;
    this.what = what;
    this.bound = bound;
    this.isMoreBetter = isMoreBetter;
  }

  String id() {
    return id;
  }

  String what() {
    return what;
  }

  boolean isMetBy(double value) {
    return isMoreBetter ? value >= bound : value <= bound;
  }

  /** The bound in words. */
  String bound() {
    return (isMoreBetter ? "≥ " : "≤ ") + Report.number(bound % 1 == 0 ? "%.0f" : "%.2f", bound);
  }
}
