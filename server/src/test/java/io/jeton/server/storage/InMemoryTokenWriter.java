package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Additions;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
      require(List.of(token), request);
      add(token, guessable, request, actor);
    }
  }

  @Override
  public void insertPair(
      Token token,
      RefreshRow refresh,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    synchronized (tables) {
      require(List.of(token, refresh.token()), request);
      add(token, guessable, request, actor);
      tables.addRefresh(refresh.inEpoch(tables.epoch(token.realm())));
    }
  }

  @Override
  public void insertWith(
      Token token,
      Additions additions,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    synchronized (tables) {
      List<Token> rows = new ArrayList<>(List.of(token));
      rows.addAll(additions.companions());
      require(rows, request);
      add(token, guessable, request, actor);
      additions.companions().forEach(tables::issue);
      additions.source().ifPresent(each -> tables.sources.put(token.id(), each));
    }
  }

  private void require(List<Token> rows, Optional<RememberedRequest> request)
      throws DuplicateIdException, DuplicateRequestException {
    if (request.isPresent() && tables.requests.containsKey(request.get().key())) {
      throw new DuplicateRequestException();
    }
    for (Token row : rows) {
      tables.requireNew(row);
      row.ties().accountId().ifPresent(account -> tables.requireActive(row.realm(), account));
      int signingKeyId = row.ties().signingKeyId();
      if (signingKeyId != 0 && !tables.isUsable(signingKeyId)) {
        throw RefusedException.of(Refusal.SIGNING_KEY_RETIRED);
      }
    }
  }

  private void add(
      Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor) {
    request.ifPresent(each -> tables.requests.put(each.key(), each));
    tables.issue(token);
    if (guessable) {
      tables.revisions.add(token.lookup());
    }
    record("IssueToken", token, token.issueTime(), actor);
  }

  @Override
  public Optional<Revocation> revoke(
      Realm realm, TokenId id, Instant at, Actor actor, Consumer<Lookup> touched) {
    synchronized (tables) {
      Token token = tables.tokens.get(id);
      if (token == null || token.realm().id() != realm.id()) {
        return Optional.empty();
      }
      Instant sealEnd = tables.refreshing(id).sealEnd();
      if (token.isRevoked() && (sealEnd == null || !at.isBefore(sealEnd))) {
        return Optional.of(new Revocation(token, false));
      }
      Ties.Family family = token.ties().family();
      List<Token> rows = family == null ? List.of(token) : tables.live(family.id());
      for (Token row : rows) {
        touched.accept(row.lookup());
        tables.end(row, at);
      }
      if (!rows.isEmpty()) {
        record("RevokeToken", token, at, actor);
      }
      return Optional.of(new Revocation(tables.tokens.get(id), !rows.isEmpty()));
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
