package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The twin's signing keys. */
final class InMemorySigningKeyStore implements SigningKeyStore {
  private final InMemoryTables tables;

  InMemorySigningKeyStore(InMemoryTables tables) {
    this.tables = tables;
  }

  /** A key with what is not shown of it. */
  record Row(SigningKey key, byte[] wrapped, byte[] fingerprint) {}

  @Override
  public List<WrappedKey> all() {
    synchronized (tables) {
      return tables.signingKeys.stream()
          .sorted(
              Comparator.comparing((Row row) -> row.key.realm().id())
                  .thenComparing(row -> row.key.name(), InMemoryTables.BY_BYTES)
                  .thenComparing(row -> row.key.id()))
          .map(row -> new WrappedKey(row.key, row.wrapped.clone()))
          .toList();
    }
  }

  @Override
  public SigningKey add(NewKey key, Instant at, Actor actor) {
    synchronized (tables) {
      return tables.signingKeys.stream()
          .filter(row -> isNamed(row.key, key))
          .filter(row -> Arrays.equals(row.fingerprint, key.fingerprint()))
          .map(Row::key)
          .findFirst()
          .orElseGet(() -> insert(key, at, actor));
    }
  }

  @Override
  public void addFirst(NewKey key, Instant at, Actor actor) {
    synchronized (tables) {
      if (tables.signingKeys.stream().noneMatch(row -> isNamed(row.key, key))) {
        insert(key, at, actor);
      }
    }
  }

  @Override
  public SigningKey retire(Realm realm, int id, boolean emergency, Instant at, Actor actor) {
    synchronized (tables) {
      Row row =
          tables.signingKeys.stream()
              .filter(each -> each.key.id() == id && each.key.realm().id() == realm.id())
              .findFirst()
              .orElseThrow(() -> RefusedException.of(Refusal.SIGNING_KEY_NOT_FOUND));
      SigningKey key = row.key;
      if (emergency ? key.isRevoked() : key.isRetired()) {
        return key;
      }
      SigningKey retired =
          new SigningKey(
              key.id(),
              key.realm(),
              key.name(),
              key.algorithm(),
              key.createTime(),
              key.retireTime().or(() -> Optional.of(at)),
              emergency ? Optional.of(at) : Optional.empty(),
              key.publicJwk(),
              key.signTime());
      tables.signingKeys.replaceAll(
          each -> each == row ? new Row(retired, row.wrapped, row.fingerprint) : each);
      tables.keyRevisions.add(id);
      String action = emergency ? "RevokeSigningKey" : "RetireSigningKey";
      tables.record(at, actor, action, realm.name().value(), "" + id);
      return retired;
    }
  }

  @Override
  public Batch revokeTokens(
      Realm realm, int id, long after, Instant at, Consumer<Lookup> ending, Actor actor) {
    synchronized (tables) {
      List<Token> alone =
          tables.live.values().stream()
              .filter(token -> token.ties().signingKeyId() == id && token.ties().family() == null)
              .limit(500)
              .toList();
      List<TokenId> families = alone.isEmpty() ? families(id, after) : List.of();
      List<Token> batch = new ArrayList<>(alone);
      families.forEach(family -> batch.addAll(tables.live(family)));
      batch.forEach(token -> ending.accept(token.lookup()));
      batch.forEach(token -> tables.end(token, at));
      if (!batch.isEmpty()) {
        tables.record(at, actor, "RevokeTokensOfKey", realm.name().value(), "" + id);
      }
      return new Batch(
          batch.size(),
          families.isEmpty() ? after : families.get(families.size() - 1).value(),
          alone.isEmpty() && families.isEmpty());
    }
  }

  private List<TokenId> families(int id, long after) {
    return tables.tokens.values().stream()
        .filter(token -> token.ties().signingKeyId() == id && token.ties().family() != null)
        .map(token -> token.ties().family().id())
        .filter(family -> family.value() > after)
        .distinct()
        .sorted()
        .limit(500)
        .toList();
  }

  private static boolean isNamed(SigningKey key, NewKey like) {
    return key.realm().id() == like.realm().id() && key.name().equals(like.name());
  }

  private SigningKey insert(NewKey key, Instant at, Actor actor) {
    SigningKey added =
        new SigningKey(
            tables.signingKeys.size() + 1,
            key.realm(),
            key.name(),
            key.algorithm(),
            at,
            Optional.empty(),
            Optional.empty(),
            key.publicJwk(),
            key.signTime());
    tables.signingKeys.add(new Row(added, key.wrapped().clone(), key.fingerprint().clone()));
    tables.keyRevisions.add(added.id());
    tables.record(at, actor, "CreateSigningKey", key.realm().name().value(), "" + added.id());
    return added;
  }
}
