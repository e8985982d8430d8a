package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The twin's foreign tokens. */
final class InMemoryForeignTokenStore implements ForeignTokenStore {
  private final InMemoryTables tables;

  InMemoryForeignTokenStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<Integer, Map<String, ForeignTokenPolicy>> policies() {
    synchronized (tables) {
      Map<Integer, Map<String, ForeignTokenPolicy>> copy = new HashMap<>();
      tables.policies.forEach(
          (realm, policies) -> {
            if (!policies.isEmpty()) {
              copy.put(realm, Map.copyOf(policies));
            }
          });
      return copy;
    }
  }

  @Override
  public void setPolicy(
      Realm realm, String keyName, Optional<ForeignTokenPolicy> policy, Instant at, Actor actor) {
    synchronized (tables) {
      Map<String, ForeignTokenPolicy> policies =
          tables.policies.computeIfAbsent(realm.id(), any -> new HashMap<>());
      if (Optional.ofNullable(policies.get(keyName)).equals(policy)) {
        return;
      }
      policies.remove(keyName);
      policy.ifPresent(each -> policies.put(keyName, each));
      tables.record(at, actor, "SetForeignTokens", realm.name().value(), keyName);
    }
  }

  @Override
  public boolean addRevokedJti(
      Realm realm,
      String keyName,
      String jti,
      Optional<Instant> until,
      Instant at,
      Consumer<Lookup> ending,
      Actor actor) {
    synchronized (tables) {
      boolean isNew = !isRevokedJtiUntil(realm, keyName, jti, until);
      if (isNew) {
        tables.revokedJtis.put(List.of(realm.id(), keyName, jti), until);
        tables.record(at, actor, "RevokeJti", realm.name().value(), keyName);
      }
      List<Token> adopted =
          tables.tokens.values().stream()
              .filter(token -> jti.equals(tables.foreignJtis.get(token.id())))
              .filter(token -> token.realm().id() == realm.id())
              .filter(token -> names(token).contains(keyName))
              .toList();
      int ended = 0;
      for (Token token : adopted) {
        ended += end(token, at, ending, actor);
      }
      return isNew || ended > 0;
    }
  }

  private int end(Token adopted, Instant at, Consumer<Lookup> ending, Actor actor) {
    Ties.Family family = adopted.ties().family();
    TokenId id = family == null ? adopted.id() : family.id();
    List<Token> live =
        family != null ? tables.live(id) : adopted.isRevoked() ? List.of() : List.of(adopted);
    live.forEach(token -> ending.accept(token.lookup()));
    live.forEach(token -> tables.end(token, at));
    if (!live.isEmpty()) {
      tables.record(at, actor, "RevokeFamily", adopted.realm().name().value(), id.toString());
    }
    return live.size();
  }

  /** The names that have a key of the secret that a token was signed under. */
  private List<String> names(Token token) {
    return tables.signingKeys.stream()
        .filter(row -> row.key().id() == token.ties().signingKeyId())
        .flatMap(
            signer ->
                tables.signingKeys.stream()
                    .filter(row -> row.key().realm().id() == signer.key().realm().id())
                    .filter(row -> Arrays.equals(row.fingerprint(), signer.fingerprint())))
        .map(row -> row.key().name())
        .toList();
  }

  @Override
  public boolean isRevokedJtiUntil(
      Realm realm, String keyName, String jti, Optional<Instant> until) {
    synchronized (tables) {
      Optional<Instant> kept = tables.revokedJtis.get(List.<Object>of(realm.id(), keyName, jti));
      return kept != null
          && (kept.isEmpty() || (until.isPresent() && !kept.get().isBefore(until.get())));
    }
  }

  @Override
  public boolean isRevokedJti(Realm realm, String keyName, String jti) {
    synchronized (tables) {
      return tables.revokedJtis.containsKey(List.<Object>of(realm.id(), keyName, jti));
    }
  }

  @Override
  public Optional<Token> adopt(Token token, String keyName, String jti, Instant at, Actor actor)
      throws DuplicateIdException {
    synchronized (tables) {
      Token present =
          tables.live.getOrDefault(token.lookup(), tables.lastRevoked.get(token.lookup()));
      if (present != null) {
        return Optional.of(present);
      }
      if (!isActive(token)
          || tables.isEndedSinceIssue(token)
          || !tables.isUsable(token.ties().signingKeyId())
          || isRevokedJti(token.realm(), keyName, jti)
          || names(token).stream().anyMatch(name -> isRevokedJti(token.realm(), name, jti))) {
        return Optional.empty();
      }
      if (tables.tokens.containsKey(token.id())) {
        throw new DuplicateIdException();
      }
      Token adopted = token.inEpoch(tables.epoch(token.realm()));
      tables.insert(adopted);
      tables.foreignJtis.put(token.id(), jti);
      tables.revisions.add(token.lookup());
      String target = token.id().toString();
      tables.record(at, actor, "AdoptToken", token.realm().name().value(), target);
      return Optional.of(adopted);
    }
  }

  private boolean isActive(Token token) {
    long account = token.ties().accountId().map(AccountId::value).orElseThrow();
    AccountState state = tables.accountStates.get(List.<Object>of(token.realm().id(), account));
    return state != null
        && state.disableTime().isEmpty()
        && state.banTime().isEmpty()
        && (state.endTime().isEmpty() || state.endTime().get().isBefore(token.issueTime()));
  }
}
