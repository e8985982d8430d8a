package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.SessionId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Moves the ends of many sessions, never to an earlier instant. */
final class SlideSessions {
  static final String SLIDE =
      "UPDATE session SET expire_time = GREATEST(expire_time, ?) WHERE session_id = ?";

  private final Transactions transactions;

  SlideSessions(Transactions transactions) {
    this.transactions = transactions;
  }

  void slide(Map<SessionId, Instant> ends) {
    if (ends.isEmpty()) {
      return;
    }
    transactions.write(
        handle -> {
          try (PreparedBatch batch = handle.prepareBatch(SLIDE)) {
            // In one order, so that two batches never wait for each other.
            new TreeMap<>(ends)
                .forEach((id, end) -> batch.bind(0, Micros.of(end)).bind(1, id.value()).add());
            return batch.execute().length;
          }
        });
  }
}
