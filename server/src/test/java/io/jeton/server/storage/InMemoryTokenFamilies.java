package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Answer;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.storage.InMemoryTables.Refreshing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Refreshes, binds and revokes the twin's families. */
final class InMemoryTokenFamilies implements TokenFamilies {
  private final InMemoryTables tables;

  InMemoryTokenFamilies(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<FamilyMember> find(Lookup lookup) {
    synchronized (tables) {
      return Optional.ofNullable(tables.live.getOrDefault(lookup, tables.lastRevoked.get(lookup)))
          .map(this::member);
    }
  }

  @Override
  public Optional<FamilyMember> findEither(Lookup first, Lookup second) {
    return find(first).or(() -> find(second));
  }

  @Override
  public Optional<FamilyMember> renewerOf(Token token) {
    synchronized (tables) {
      Ties.Family family = token.ties().family();
      return family == null
          ? Optional.empty()
          : tables.live(family.id()).stream()
              .map(this::member)
              .filter(each -> each.partner().filter(token.id()::equals).isPresent())
              .findFirst();
    }
  }

  @Override
  public Outcome rotate(Rotation rotation, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException {
    synchronized (tables) {
      Token spent = tables.tokens.get(rotation.spent().id());
      if (spent.isRevoked() || !spent.subject().equals(rotation.spent().subject())) {
        return Outcome.LOST;
      }
      if (rotation.pair().isPresent()
          && tables.tokens.get(rotation.pair().get().token().id()).isRevoked()) {
        return Outcome.ENDED;
      }
      tables.requireNew(rotation.next());
      spend(spent, rotation, touched);
      if (rotation.pair().isPresent()) {
        extend(rotation.pair().get(), rotation, touched);
      } else {
        touched.accept(rotation.next().lookup());
        tables.add(rotation.next());
        if (rotation.isGuessable()) {
          tables.revisions.add(rotation.next().lookup());
        }
      }
      record("RefreshToken", spent.realm(), rotation.next().id(), rotation.at(), actor);
      return Outcome.DONE;
    }
  }

  private void spend(Token spent, Rotation rotation, Consumer<Lookup> touched) {
    touched.accept(spent.lookup());
    Optional<Answer> answer = rotation.answer();
    Refreshing row = tables.refreshing(spent.id());
    tables.end(spent, rotation.at());
    tables.refreshing.put(
        spent.id(),
        row.spent(
            rotation.at(),
            answer.filter(each -> each.row().equals(spent.id())).map(Answer::sealed).orElse(null),
            answer.map(Answer::end).orElse(null)));
  }

  private void extend(Rotation.Pair pair, Rotation rotation, Consumer<Lookup> touched) {
    Token token = pair.token();
    touched.accept(token.lookup());
    tables.change(token);
    tables.addRefresh(new RefreshRow(rotation.next(), token.id(), pair.sealedSecret()));
    Optional<Answer> answer = rotation.answer().filter(each -> each.row().equals(token.id()));
    tables.refreshing.put(
        token.id(),
        tables
            .refreshing(token.id())
            .owing(answer.map(Answer::sealed).orElse(null), answer.map(Answer::end).orElse(null)));
  }

  @Override
  public void revoke(
      Realm realm, TokenId family, Instant at, Actor actor, Consumer<Lookup> touched) {
    synchronized (tables) {
      List<Token> rows = tables.live(family);
      for (Token row : rows) {
        touched.accept(row.lookup());
        tables.end(row, at);
      }
      if (!rows.isEmpty()) {
        record("RevokeFamily", realm, family, at, actor);
      }
    }
  }

  @Override
  public Optional<Token> bind(
      Realm realm, TokenId id, Binding binding, Instant at, Actor actor, Consumer<Lookup> touched) {
    synchronized (tables) {
      Token token = tables.tokens.get(id);
      if (token == null || token.realm().id() != realm.id()) {
        return Optional.empty();
      }
      if (token.isRevoked() || token.isExpiredAt(Micros.of(at)) || tables.ended.isEnded(token)) {
        throw RefusedException.of(Refusal.TOKEN_INACTIVE);
      }
      if (binding.isOf(token)) {
        return Optional.of(token);
      }
      if (!token.subject().isEmpty()) {
        throw RefusedException.of(Refusal.TOKEN_BOUND);
      }
      Ties.Family family = token.ties().family();
      for (Token row : family == null ? List.of(token) : tables.live(family.id())) {
        touched.accept(row.lookup());
        if (!tables.ended.isEnded(row)) {
          boolean keepsScopes =
              family != null && family.endTime().isEmpty() && !row.id().equals(id);
          Scopes scopes = keepsScopes ? row.scopes() : binding.scopes();
          Binding own = new Binding(binding.subject(), binding.account(), scopes);
          tables.change(own.of(row).inEpoch(tables.epoch(realm)));
        }
      }
      record("BindToken", realm, id, at, actor);
      return Optional.of(tables.tokens.get(id));
    }
  }

  private FamilyMember member(Token token) {
    Refreshing row = tables.refreshing(token.id());
    Ties.Family family = token.ties().family();
    return new FamilyMember(
        token,
        Optional.ofNullable(row.partner()),
        Optional.ofNullable(row.sealedPartner()),
        Optional.ofNullable(row.spent()),
        Optional.ofNullable(row.answer()),
        Optional.ofNullable(row.sealEnd()),
        family != null
            && tables.live(family.id()).stream()
                .anyMatch(each -> token.id().equals(tables.refreshing(each.id()).partner())),
        family != null
            && tables.live(family.id()).stream()
                .filter(each -> !tables.ended.isEnded(each))
                .anyMatch(each -> tables.refreshing(each.id()).partner() == null)
            && tables.tokens.values().stream()
                .filter(each -> each.ties().family() != null && each.ties().signingKeyId() != 0)
                .filter(each -> each.ties().family().id().equals(family.id()))
                .allMatch(each -> tables.isUsable(each.ties().signingKeyId())));
  }

  private void record(String action, Realm realm, TokenId target, Instant at, Actor actor) {
    tables.record(at, actor, action, realm.name().value(), target.toString());
  }
}
