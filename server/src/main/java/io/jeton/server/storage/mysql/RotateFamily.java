package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Answer;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Rotation.Pair;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.feed.Lane;
import io.jeton.server.storage.mysql.RotateTogether.Refresh;
import io.jeton.server.storage.mysql.StoreWatch.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Carries out refreshes: each in a transaction of its own, but for those of tokens with themselves
 * that are asked for at once.
 */
final class RotateFamily {
  /** What a refresh is called in the audit table. */
  static final String ACTION = "RefreshToken";

  /** Of parallel transactions one finds the row live; a bound token has another subject. */
  static final String SPEND =
      """
      UPDATE token SET live = NULL, revoke_time = ?, spent_time = ?, sealed_partner = NULL,
                       sealed_answer = ?, seal_end = ?
      WHERE token_id = ? AND live = 1 AND subject = ?""";

  /** The answer that the token was owed, if any, names the refresh secret that is replaced. */
  static final String EXTEND =
      """
      UPDATE token SET expire_time = ?, sealed_answer = NULL, seal_end = NULL
      WHERE token_id = ? AND live = 1""";

  static final String OWE =
      "UPDATE token SET sealed_answer = ?, seal_end = ? WHERE token_id = ? AND live = 1";

  /** How many refreshes share a transaction at the most. */
  private static final int MOST_TOGETHER = 64;

  /**
   * How many such transactions of a realm are under way: one works, the other waits for the disk.
   */
  private static final int MOST_AT_ONCE = 2;

  private final Transactions transactions;
  private final RotateTogether rotateTogether;

  /** By the realm's id: whoever holds one realm's rows makes nobody wait in another. */
  private final Map<Integer, Together<Refresh>> together = new ConcurrentHashMap<>();

  RotateFamily(Transactions transactions) {
    this.transactions = transactions;
    this.rotateTogether = new RotateTogether(transactions, this::rotateAlone);
  }

  Outcome rotate(Rotation rotation, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException {
    Refresh refresh = new Refresh(rotation, actor, touched);
    try {
      transactions.part(Kind.WRITE, () -> carryOut(refresh));
    } catch (RuntimeException e) {
      throw WriteTokens.duplicate(e);
    }
    return refresh.outcome();
  }

  private void carryOut(Refresh refresh) {
    if (RotateTogether.isPlain(refresh.rotation())) {
      together
          .computeIfAbsent(
              refresh.rotation().spent().realm().id(),
              any -> new Together<>(MOST_TOGETHER, MOST_AT_ONCE, rotateTogether))
          .run(refresh);
    } else {
      rotateAlone(refresh);
    }
  }

  private void rotateAlone(Refresh refresh) {
    try {
      Outcome done =
          transactions.writeSharedInLane(
              (handle, lane) -> {
                rotate(handle, lane, refresh.rotation(), refresh.actor(), refresh.touched());
                return Outcome.DONE;
              },
              () -> {});
      refresh.ended(done);
    } catch (NotDoneException e) {
      refresh.ended(e.outcome);
    }
  }

  private static void rotate(
      Handle handle, Lane lane, Rotation rotation, Actor actor, Consumer<Lookup> touched) {
    Token spent = rotation.spent();
    Ties ties = spent.ties();
    ties.accountId().ifPresent(account -> requireActive(handle, spent, account));
    Ties.Family family = ties.family();
    FamilyRows.lock(handle, family == null ? spent.id() : family.id());
    touched.accept(spent.lookup());
    spend(handle, rotation);
    Revisions.insert(handle, lane, spent.lookup(), rotation.at());
    Optional<Pair> pair = rotation.pair();
    if (pair.isPresent()) {
      Token token = pair.get().token();
      touched.accept(token.lookup());
      extend(handle, token);
      Revisions.insert(handle, lane, token.lookup(), rotation.at());
      InsertToken.renewedRefresh(
          handle, new RefreshRow(rotation.next(), token.id(), pair.get().sealedSecret()));
      rotation
          .answer()
          .filter(answer -> answer.row().equals(token.id()))
          .ifPresent(answer -> owe(handle, answer));
    } else {
      touched.accept(rotation.next().lookup());
      InsertToken.renewed(handle, rotation.next());
      if (rotation.isGuessable()) {
        Revisions.insert(handle, lane, rotation.next().lookup(), rotation.at());
      }
    }
    Audit.insert(
        handle,
        rotation.at(),
        actor,
        ACTION,
        spent.realm().name().value(),
        rotation.next().id().toString());
  }

  private static void requireActive(Handle handle, Token token, AccountId account) {
    try {
      ActiveAccounts.require(handle, token.realm(), account);
    } catch (RefusedException e) {
      throw new NotDoneException(Outcome.ENDED);
    }
  }

  private static void spend(Handle handle, Rotation rotation) {
    TokenId id = rotation.spent().id();
    Optional<Answer> answer = rotation.answer();
    long at = Micros.of(rotation.at());
    try (Update update = handle.createUpdate(SPEND)) {
      int ended =
          update
              .bind(0, at)
              .bind(1, at)
              .bind(
                  2, answer.filter(each -> each.row().equals(id)).map(Answer::sealed).orElse(null))
              .bind(3, TokenRows.micros(answer.map(Answer::end)))
              .bind(4, id.value())
              .bind(5, TokenRows.bytes(rotation.spent().subject()))
              .execute();
      if (ended == 0) {
        throw new NotDoneException(Outcome.LOST);
      }
    }
  }

  private static void extend(Handle handle, Token token) {
    try (Update update = handle.createUpdate(EXTEND)) {
      int matched =
          update
              .bind(0, TokenRows.micros(token.expireTime()))
              .bind(1, token.id().value())
              .execute();
      if (matched == 0) {
        throw new NotDoneException(Outcome.ENDED);
      }
    }
  }

  private static void owe(Handle handle, Answer answer) {
    try (Update update = handle.createUpdate(OWE)) {
      update
          .bind(0, answer.sealed())
          .bind(1, Micros.of(answer.end()))
          .bind(2, answer.row().value())
          .execute();
    }
  }

  /** Ends the transaction without a change. */
  private static final class NotDoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    NotDoneException(Outcome outcome) {
      super(null, null, false, false);
      this.outcome = outcome;
    }
  }
}
