package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.feed.Lane;
import io.jeton.server.feed.Lanes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** The tables {@code lane} and {@code revision}. */
final class Revisions implements Lanes.Registry {
  private final Jdbi jdbi;
  private final InstantSource clock;

  Revisions(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public long register(UUID bootId, int n) {
    byte[] boot =
        ByteBuffer.allocate(16)
            .putLong(bootId.getMostSignificantBits())
            .putLong(bootId.getLeastSignificantBits())
            .array();
    try (Handle handle = jdbi.open()) {
      return handle
          .createUpdate("INSERT INTO lane (boot_id, worker, register_time) VALUES (?, ?, ?)")
          .bind(0, boot)
          .bind(1, n)
          .bind(2, Micros.of(clock.instant()))
          .executeAndReturnGeneratedKeys()
          .mapTo(Long.class)
          .one();
    }
  }

  static void insert(Handle handle, Lane lane, Lookup changed, Instant at) {
    try (Update update =
        handle.createUpdate(
            "INSERT INTO revision (lane_id, sequence, lookup, change_time) VALUES (?, ?, ?, ?)")) {
      update
          .bind(0, lane.id())
          .bind(1, lane.next())
          .bind(2, changed.bytes())
          .bind(3, Micros.of(at))
          .execute();
    }
  }

  static void insertKey(Handle handle, Lane lane, Realm realm, int signingKeyId, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO revision (lane_id, sequence, realm_id, signing_key_id, change_time)
            VALUES (?, ?, ?, ?, ?)""")
        .bind(0, lane.id())
        .bind(1, lane.next())
        .bind(2, realm.id())
        .bind(3, signingKeyId)
        .bind(4, Micros.of(at))
        .execute();
  }

  /** The revision of a realm's epoch. */
  static void insertEpoch(Handle handle, Lane lane, Realm realm, int epoch, Instant at) {
    handle.execute(
        """
        INSERT INTO revision (lane_id, sequence, realm_id, epoch, change_time)
        VALUES (?, ?, ?, ?, ?)""",
        lane.id(),
        lane.next(),
        realm.id(),
        epoch,
        Micros.of(at));
  }

  static void insertModule(Handle handle, Lane lane, Realm realm, int moduleId, Instant at) {
    handle.execute(
        """
        INSERT INTO revision (lane_id, sequence, realm_id, module_id, change_time)
        VALUES (?, ?, ?, ?, ?)""",
        lane.id(),
        lane.next(),
        realm.id(),
        moduleId,
        Micros.of(at));
  }

  static void insertApplication(
      Handle handle, Lane lane, Realm realm, int applicationId, Instant at) {
    handle.execute(
        """
        INSERT INTO revision (lane_id, sequence, realm_id, application_id, change_time)
        VALUES (?, ?, ?, ?, ?)""",
        lane.id(),
        lane.next(),
        realm.id(),
        applicationId,
        Micros.of(at));
  }

  /** When the row of a key changed. */
  record Change(Lookup key, Instant at) {}

  /** The revisions of several changes, with one statement. */
  static void insert(Handle handle, Lane lane, List<Change> changes) {
    try (Update update =
        handle.createUpdate(
            "INSERT INTO revision (lane_id, sequence, lookup, change_time) VALUES (?, ?, ?, ?)"
                + ", (?, ?, ?, ?)".repeat(changes.size() - 1))) {
      int from = 0;
      for (Change change : changes) {
        update
            .bind(from, lane.id())
            .bind(from + 1, lane.next())
            .bind(from + 2, change.key.bytes())
            .bind(from + 3, Micros.of(change.at));
        from += 4;
      }
      update.execute();
    }
  }

  /** One revision for each token. */
  static void insert(Handle handle, Lane lane, List<Lookup> changed, Instant at) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO revision (lane_id, sequence, lookup, change_time) VALUES (?, ?, ?, ?)")) {
      for (Lookup each : changed) {
        batch
            .bind(0, lane.id())
            .bind(1, lane.next())
            .bind(2, each.bytes())
            .bind(3, Micros.of(at))
            .add();
      }
      batch.execute();
    }
  }

  /** The revision of an account. */
  static void insert(Handle handle, Lane lane, Realm realm, AccountId changed, Instant at) {
    handle.execute(
        """
        INSERT INTO revision (lane_id, sequence, realm_id, account_id, change_time)
        VALUES (?, ?, ?, ?, ?)""",
        lane.id(),
        lane.next(),
        realm.id(),
        changed.value(),
        Micros.of(at));
  }
}
