package io.jeton.server.storage.mysql;

import java.util.List;
import java.util.function.Consumer;

/** Splits rows for statements of many rows each. */
final class Parts {
  private Parts() {}

  /** Parts whose sizes are powers of two: few texts, so that the statements stay prepared. */
  static <T> void of(List<T> rows, Consumer<List<T>> statement) {
    for (int from = 0; from < rows.size(); ) {
      int size = Integer.highestOneBit(rows.size() - from);
      statement.accept(rows.subList(from, from + size));
      from += size;
    }
  }

  /** The text of a list of so many parameters. */
  static String places(int count) {
    return "?" + ", ?".repeat(count - 1);
  }
}
