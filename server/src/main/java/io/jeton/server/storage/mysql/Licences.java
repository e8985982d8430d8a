package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.MachineBinding;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Binds licences to machines, and keeps when they were last used. */
final class Licences implements LicenceStore {
  static final String BIND =
      """
      UPDATE token SET machine = ?
      WHERE token_id = ? AND realm_id = ? AND live = 1 AND module_id IS NOT NULL AND machine IS NULL
        AND (expire_time IS NULL OR expire_time > ?)""";

  static final String REPLACE =
      """
      UPDATE token SET machine = ?
      WHERE token_id = ? AND realm_id = ? AND live = 1 AND module_id IS NOT NULL
        AND NOT machine <=> ?""";

  static final String USED =
      """
      UPDATE token SET last_use_time = ?
      WHERE token_id = ? AND (last_use_time IS NULL OR last_use_time < ?)""";

  private final Transactions transactions;
  private final ReadTokens reader;

  Licences(Transactions transactions, ReadTokens reader) {
    this.transactions = transactions;
    this.reader = reader;
  }

  @Override
  public Optional<Token> bindMachine(
      Realm realm,
      TokenId id,
      MachineBinding binding,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched) {
    return transactions.writeInLane(
        (handle, lane) -> {
          reader
              .byId(handle, realm, id)
              .flatMap(before -> EpochRows.endOf(handle, before))
              .ifPresent(
                  end -> {
                    throw RefusedException.of(Refusal.TOKEN_INACTIVE);
                  });
          boolean changed =
              binding.replaces()
                  ? replace(handle, realm, id, binding)
                  : bind(handle, realm, id, binding, at);
          Optional<Token> token = reader.byId(handle, realm, id);
          if (changed) {
            record(handle, lane, token.orElseThrow(), at, actor, touched);
          } else {
            token.ifPresent(each -> requireUnchanged(each, binding, at));
          }
          return token;
        });
  }

  @Override
  public void noteUses(Map<TokenId, Instant> uses) {
    transactions.write(
        handle -> {
          try (PreparedBatch batch = handle.prepareBatch(USED)) {
            // In one order everywhere, so that no two nodes wait for each other.
            uses.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(
                    use -> {
                      long micros = Micros.of(use.getValue());
                      batch.bind(0, micros).bind(1, use.getKey().value()).bind(2, micros).add();
                    });
            return batch.execute();
          }
        });
  }

  private static boolean bind(
      Handle handle, Realm realm, TokenId id, MachineBinding binding, Instant at) {
    try (Update update = handle.createUpdate(BIND)) {
      return update
              .bind(0, TokenRows.bytes(binding.machine()))
              .bind(1, id.value())
              .bind(2, realm.id())
              .bind(3, Micros.of(at))
              .execute()
          == 1;
    }
  }

  private static boolean replace(Handle handle, Realm realm, TokenId id, MachineBinding binding) {
    byte @Nullable [] machine =
        binding.machine().isEmpty() ? null : TokenRows.bytes(binding.machine());
    try (Update update = handle.createUpdate(REPLACE)) {
      return update
              .bind(0, machine)
              .bind(1, id.value())
              .bind(2, realm.id())
              .bind(3, machine)
              .execute()
          == 1;
    }
  }

  private static void record(
      Handle handle, Lane lane, Token token, Instant at, Actor actor, Consumer<Lookup> touched) {
    touched.accept(token.lookup());
    Revisions.insert(handle, lane, token.lookup(), at);
    Audit.insert(
        handle, at, actor, "BindToken", token.realm().name().value(), token.id().toString());
  }

  /** Refuses a token that was not changed, unless it is what it should be. */
  private static void requireUnchanged(Token token, MachineBinding binding, Instant at) {
    Licence licence = token.licence();
    if (licence == null) {
      throw MachineBinding.noLicence();
    }
    if (token.isRevoked() || (!binding.replaces() && token.isExpiredAt(Micros.of(at)))) {
      throw RefusedException.of(Refusal.TOKEN_INACTIVE);
    }
    if (!binding.isOf(licence)) {
      // It may have been unbound meanwhile; whoever asks again binds it.
      throw RefusedException.of(
          licence.machine().isEmpty() ? Refusal.STORE_CONFLICT : Refusal.TOKEN_BOUND);
    }
  }
}
