package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Answer;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import io.jeton.server.storage.mysql.Together.AllFailedException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes tokens of one realm with themselves, those that are asked for at the same time, in one
 * transaction: with the locks of {@link RotateFamily}, and with a few statements of many rows each.
 * It waits for no lock: what somebody else holds, or has changed meanwhile, is left to be done
 * alone, so nobody's row keeps others waiting. Safe for use by several threads; blocks.
 */
final class RotateTogether implements Together.Work<RotateTogether.Refresh> {
  private static final String WHEN = " WHEN ? THEN ?";

  private final Transactions transactions;
  private final Consumer<Refresh> alone;

  /** Takes the transactions, and what carries out one refresh and says how it ended. */
  RotateTogether(Transactions transactions, Consumer<Refresh> alone) {
    this.transactions = transactions;
    this.alone = alone;
  }

  /** A refresh that somebody waits for. Changed by one thread, which others then wait for. */
  static final class Refresh {
    private final Rotation rotation;
    private final Actor actor;
    private final Consumer<Lookup> touched;
    private @Nullable Outcome outcome;

    Refresh(Rotation rotation, Actor actor, Consumer<Lookup> touched) {
      this.rotation = rotation;
      this.actor = actor;
      this.touched = touched;
    }

    Rotation rotation() {
      return rotation;
    }

    Actor actor() {
      return actor;
    }

    Consumer<Lookup> touched() {
      return touched;
    }

    void ended(Outcome how) {
      outcome = how;
    }

    Outcome outcome() {
      if (outcome == null) {
        throw new IllegalStateException("it was not carried out");
      }
      return outcome;
    }

    private Realm realm() {
      return rotation.spent().realm();
    }

    private Optional<AccountId> account() {
      return rotation.spent().ties().accountId();
    }

    private TokenId family() {
      Ties.Family family = rotation.spent().ties().family();
      return family == null ? rotation.spent().id() : family.id();
    }

    private Optional<Answer> answer() {
      TokenId row = rotation.spent().id();
      return rotation.answer().filter(each -> each.row().equals(row));
    }

    private Audit.Entry entry() {
      return new Audit.Entry(
          rotation.at(),
          actor,
          RotateFamily.ACTION,
          realm().name().value(),
          rotation.next().id().toString());
    }
  }

  /** Whether a refresh takes nothing but the end of one row and another in its place. */
  static boolean isPlain(Rotation rotation) {
    return rotation.pair().isEmpty()
        && !rotation.isGuessable()
        && rotation.next().ties().signingKeyId() == 0;
  }

  @Override
  public List<Refresh> all(List<Refresh> refreshes) throws AllFailedException {
    SharedOutcome outcome = new SharedOutcome();
    List<Refresh> done;
    try {
      done =
          transactions.writeSharedInLane(
              (handle, lane) -> {
                outcome.begins();
                return rotate(handle, lane, refreshes);
              },
              outcome::isUnknown);
    } catch (RuntimeException e) {
      throw outcome.of(e);
    }
    done.forEach(each -> each.ended(Outcome.DONE));
    return refreshes.stream().filter(each -> !done.contains(each)).toList();
  }

  @Override
  public void one(Refresh refresh) {
    alone.accept(refresh);
  }

  /** Does what can be done without waiting for anybody, and says what that was. */
  private static List<Refresh> rotate(Handle handle, Lane lane, List<Refresh> refreshes) {
    List<Refresh> able = rotatable(handle, withActiveAccounts(handle, firstOfFamilies(refreshes)));
    for (Refresh each : able) {
      each.touched.accept(each.rotation.spent().lookup());
      each.touched.accept(each.rotation.next().lookup());
    }
    Parts.of(able, part -> spend(handle, part));
    Parts.of(
        able.stream()
            .map(each -> new Revisions.Change(each.rotation.spent().lookup(), each.rotation.at()))
            .toList(),
        part -> Revisions.insert(handle, lane, part));
    Parts.of(
        able.stream().map(each -> each.rotation.next()).toList(),
        part -> InsertToken.inEpochs(handle, part));
    Parts.of(able.stream().map(Refresh::entry).toList(), part -> Audit.insert(handle, part));
    return able;
  }

  /** Of refreshes of one family one wins: which, is not found out here. */
  private static List<Refresh> firstOfFamilies(List<Refresh> refreshes) {
    Set<TokenId> families = new HashSet<>();
    return refreshes.stream().filter(each -> families.add(each.family())).toList();
  }

  private static List<Refresh> withActiveAccounts(Handle handle, List<Refresh> refreshes) {
    List<AccountId> accounts = refreshes.stream().flatMap(each -> each.account().stream()).toList();
    Set<Long> active =
        accounts.isEmpty()
            ? Set.of()
            : ActiveAccounts.lockAtOnce(handle, refreshes.get(0).realm(), accounts);
    return refreshes.stream()
        .filter(each -> each.account().map(id -> active.contains(id.value())).orElse(true))
        .toList();
  }

  /** Those whose family's first row and own row are locked now, the latter as it was. */
  private static List<Refresh> rotatable(Handle handle, List<Refresh> refreshes) {
    List<TokenId> rows =
        refreshes.stream()
            .flatMap(each -> Stream.of(each.family(), each.rotation.spent().id()))
            .toList();
    Map<Long, Optional<String>> locked = FamilyRows.lockAtOnce(handle, rows);
    return refreshes.stream()
        .filter(each -> locked.containsKey(each.family().value()))
        .filter(
            each ->
                locked
                    .getOrDefault(each.rotation.spent().id().value(), Optional.empty())
                    .filter(each.rotation.spent().subject()::equals)
                    .isPresent())
        .toList();
  }

  private static void spend(Handle handle, List<Refresh> refreshes) {
    try (Update update = handle.createUpdate(spend(refreshes.size()))) {
      Binder binder = new Binder(update, refreshes);
      binder.choose(each -> Micros.of(each.rotation.at()));
      binder.choose(each -> Micros.of(each.rotation.at()));
      binder.choose(each -> each.answer().map(Answer::sealed).orElse(null));
      binder.choose(each -> TokenRows.micros(each.rotation.answer().map(Answer::end)));
      binder.ids();
      binder.choose(each -> TokenRows.bytes(each.rotation.spent().subject()));
      if (update.execute() != refreshes.size()) {
        throw new NotTogetherException();
      }
    }
  }

  /** What {@link RotateFamily#SPEND} does, of several rows. */
  static String spend(int count) {
    String chosen = "CASE token_id" + WHEN.repeat(count) + " END";
    return "UPDATE token SET live = NULL, sealed_partner = NULL, revoke_time = "
        + chosen
        + ", spent_time = "
        + chosen
        + ", sealed_answer = "
        + chosen
        + ", seal_end = "
        + chosen
        + " WHERE token_id IN ("
        + Parts.places(count)
        + ") AND live = 1 AND subject = "
        + chosen;
  }

  /** Gives a statement its parameters, one after the other. */
  private static final class Binder {
    private final Update update;
    private final List<Refresh> refreshes;
    private int place;

    Binder(Update update, List<Refresh> refreshes) {
      this.update = update;
      this.refreshes = refreshes;
    }

    /** A value for each row. */
    void choose(Function<Refresh, @Nullable Object> value) {
      for (Refresh each : refreshes) {
        update.bind(place++, each.rotation.spent().id().value()).bind(place++, value.apply(each));
      }
    }

    void ids() {
      for (Refresh each : refreshes) {
        update.bind(place++, each.rotation.spent().id().value());
      }
    }
  }

  /** A locked row is not what it was when it was locked. */
  private static final class NotTogetherException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTogetherException() {
      super(null, null, false, false);
    }
  }
}
