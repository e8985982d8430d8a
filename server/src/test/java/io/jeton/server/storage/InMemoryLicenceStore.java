package io.jeton.server.storage;

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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Binds the twin's licences, and keeps when they were last used. */
final class InMemoryLicenceStore implements LicenceStore {
  private final InMemoryTables tables;

  InMemoryLicenceStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Token> bindMachine(
      Realm realm,
      TokenId id,
      MachineBinding binding,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched) {
    synchronized (tables) {
      Token token = tables.tokens.get(id);
      if (token == null || token.realm().id() != realm.id()) {
        return Optional.empty();
      }
      Licence licence = token.licence();
      if (licence == null) {
        throw MachineBinding.noLicence();
      }
      if (token.isRevoked()
          || tables.ended.isEnded(token)
          || !binding.replaces() && token.isExpiredAt(Micros.of(at))) {
        throw RefusedException.of(Refusal.TOKEN_INACTIVE);
      }
      if (binding.isOf(licence)) {
        return Optional.of(token);
      }
      if (!binding.replaces() && !licence.machine().isEmpty()) {
        throw RefusedException.of(Refusal.TOKEN_BOUND);
      }
      touched.accept(token.lookup());
      tables.change(binding.of(token));
      tables.record(at, actor, "BindToken", realm.name().value(), id.toString());
      return Optional.of(tables.tokens.get(id));
    }
  }

  @Override
  public void noteUses(Map<TokenId, Instant> uses) {
    synchronized (tables) {
      uses.forEach(
          (id, time) -> {
            if (tables.tokens.containsKey(id)) {
              tables.lastUses.merge(id, time, (a, b) -> a.isBefore(b) ? b : a);
            }
          });
    }
  }
}
