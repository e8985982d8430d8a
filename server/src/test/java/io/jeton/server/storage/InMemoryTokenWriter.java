package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter;
import java.time.Instant;
import java.util.Optional;

/** Changes the twin's tokens. */
final class InMemoryTokenWriter implements TokenWriter {
  private final InMemoryTables tables;

  InMemoryTokenWriter(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public void insert(
      Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    synchronized (tables) {
      if (request.isPresent() && tables.requests.containsKey(request.get().key())) {
        throw new DuplicateRequestException();
      }
      if (tables.tokens.containsKey(token.id())) {
        throw new DuplicateIdException();
      }
      if (tables.live.containsKey(token.lookup())) {
        throw RefusedException.of(Refusal.TOKEN_EXISTS);
      }
      int signingKeyId = token.ties().signingKeyId();
      if (signingKeyId != 0 && !tables.isUsable(signingKeyId)) {
        throw RefusedException.of(Refusal.SIGNING_KEY_RETIRED);
      }
      request.ifPresent(each -> tables.requests.put(each.key(), each));
      tables.insert(token);
      if (guessable) {
        tables.revisions.add(token.lookup());
      }
      record("IssueToken", token, token.issueTime(), actor);
    }
  }

  @Override
  public Optional<Token> revoke(Realm realm, TokenId id, Instant at, Actor actor) {
    synchronized (tables) {
      Token token = tables.tokens.get(id);
      if (token == null || token.realm().id() != realm.id()) {
        return Optional.empty();
      }
      if (token.isRevoked()) {
        return Optional.of(token);
      }
      tables.revoke(token, at);
      record("RevokeToken", token, at, actor);
      return Optional.of(token.revoked(at));
    }
  }

  @Override
  public Optional<RememberedRequest> remembered(RequestKey key, Instant now) {
    synchronized (tables) {
      RememberedRequest request = tables.requests.get(key);
      if (request != null && !request.expireTime().isAfter(now)) {
        tables.requests.remove(key);
        return Optional.empty();
      }
      return Optional.ofNullable(request);
    }
  }

  private void record(String action, Token token, Instant at, Actor actor) {
    tables.record(at, actor, action, token.realm().name().value(), token.id().toString());
  }
}
