package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Additions;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.storage.mysql.InsertTogether.Issue;
import io.jeton.server.storage.mysql.StoreWatch.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Adds and ends tokens. */
final class WriteTokens implements TokenWriter {
  /** How many tokens share a transaction at the most. */
  private static final int MOST_TOGETHER = 64;

  /**
   * How many such transactions of a realm are under way: one works while the other waits for the
   * disk.
   */
  private static final int MOST_AT_ONCE = 2;

  private final Transactions transactions;
  private final RevokeTokens revoke;

  /** By the realm's id: whoever holds one realm's row makes nobody wait in another. */
  private final Map<Integer, Together<Issue>> together = new ConcurrentHashMap<>();

  private final InsertTogether insertTogether;

  WriteTokens(Transactions transactions, RevokeTokens revoke) {
    this.transactions = transactions;
    this.revoke = revoke;
    this.insertTogether = new InsertTogether(transactions, this::insertAlone);
  }

  @Override
  public void insert(
      Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    insert(token, Optional.empty(), Additions.NONE, guessable, request, actor);
  }

  @Override
  public void insertPair(
      Token token,
      RefreshRow refresh,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    insert(token, Optional.of(refresh), Additions.NONE, guessable, request, actor);
  }

  @Override
  public void insertWith(
      Token token,
      Additions additions,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    insert(token, Optional.empty(), additions, guessable, request, actor);
  }

  private void insert(
      Token token,
      Optional<RefreshRow> refresh,
      Additions additions,
      boolean guessable,
      Optional<RememberedRequest> request,
      Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    try {
      if (guessable) {
        transactions.writeInLane(
            (handle, lane) -> {
              insert(handle, token, refresh, additions, request, actor);
              Revisions.insert(handle, lane, token.lookup(), token.issueTime());
              return token;
            });
      } else if (refresh.isEmpty()
          && additions.equals(Additions.NONE)
          && request.isEmpty()
          && InsertTogether.isPlain(token)) {
        Together<Issue> ofRealm =
            together.computeIfAbsent(
                token.realm().id(),
                any -> new Together<>(MOST_TOGETHER, MOST_AT_ONCE, insertTogether));
        transactions.part(Kind.WRITE, () -> ofRealm.run(new Issue(token, actor)));
      } else {
        transactions.write(handle -> insert(handle, token, refresh, additions, request, actor));
      }
    } catch (RememberedRequests.KnownException e) {
      throw new DuplicateRequestException();
    } catch (RuntimeException e) {
      throw duplicate(e);
    }
  }

  private void insertAlone(Issue issue) {
    transactions.writeShared(
        handle ->
            insert(
                handle,
                issue.token(),
                Optional.empty(),
                Additions.NONE,
                Optional.empty(),
                issue.actor()),
        () -> {});
  }

  private static Token insert(
      Handle handle,
      Token token,
      Optional<RefreshRow> refresh,
      Additions additions,
      Optional<RememberedRequest> request,
      Actor actor) {
    request.ifPresent(each -> RememberedRequests.insert(handle, each));
    token
        .ties()
        .accountId()
        .ifPresent(account -> ActiveAccounts.require(handle, token.realm(), account));
    InsertToken.token(handle, token);
    refresh.ifPresent(each -> InsertToken.refresh(handle, each));
    additions.companions().forEach(each -> InsertToken.token(handle, each));
    additions.source().ifPresent(each -> SecretSources.put(handle, token.id(), each));
    Audit.insert(
        handle,
        token.issueTime(),
        actor,
        Audit.ISSUE,
        token.realm().name().value(),
        token.id().toString());
    return token;
  }

  /**
   * What an insert's failure means when a row of the table token was a duplicate: throws it, or
   * answers TOKEN_EXISTS or what failed otherwise.
   */
  static RuntimeException duplicate(RuntimeException failure) throws DuplicateIdException {
    Optional<String> key = StoreFailures.duplicateKey(failure);
    if (key.isEmpty()) {
      return failure;
    }
    if (key.get().equals("token_lookup")) {
      return RefusedException.of(Refusal.TOKEN_EXISTS);
    }
    throw new DuplicateIdException();
  }

  @Override
  public Optional<Revocation> revoke(
      Realm realm, TokenId id, Instant at, Actor actor, Consumer<Lookup> touched) {
    return revoke.revoke(realm, id, at, actor, touched);
  }

  @Override
  public Optional<RememberedRequest> remembered(RequestKey key, Instant now) {
    return transactions.write(handle -> RememberedRequests.select(handle, key, now));
  }
}
