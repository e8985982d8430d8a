package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.mysql.Together.AllFailedException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Adds plain tokens of one realm that are issued at the same time in one transaction, with a few
 * statements of many rows each. Safe for use by several threads; blocks.
 */
final class InsertTogether implements Together.Work<InsertTogether.Issue> {
  /** The lock keeps a group of tokens from being ended between the reading and the commit. */
  static final String EPOCH = "SELECT epoch FROM realm WHERE realm_id = ? LOCK IN SHARE MODE";

  private final Transactions transactions;
  private final Consumer<Issue> alone;

  /** A token and who issues it. */
  record Issue(Token token, Actor actor) {}

  /** Takes the transactions, and what adds one token. */
  InsertTogether(Transactions transactions, Consumer<Issue> alone) {
    this.transactions = transactions;
    this.alone = alone;
  }

  /** Whether adding a token takes nothing but its row and its record. */
  static boolean isPlain(Token token) {
    return token.ties().signingKeyId() == 0 && token.ties().accountId().isEmpty();
  }

  @Override
  public void all(List<Issue> issues) throws AllFailedException {
    boolean[] isUnknown = {false};
    try {
      transactions.writeShared(
          handle -> {
            isUnknown[0] = false;
            return insert(handle, issues);
          },
          () -> isUnknown[0] = true);
    } catch (RuntimeException e) {
      if (isUnknown[0] || isOfTheStore(e)) {
        throw new AllFailedException(e);
      }
      throw e;
    }
  }

  /** Whether it is not for a row of theirs that they failed. */
  private static boolean isOfTheStore(RuntimeException failure) {
    return failure instanceof RefusedException refused
        && (refused.refusal() == Refusal.STORE_UNAVAILABLE
            || refused.refusal() == Refusal.STORE_FULL);
  }

  @Override
  public void one(Issue issue) {
    alone.accept(issue);
  }

  private static int insert(Handle handle, List<Issue> issues) {
    int epoch = epoch(handle, issues.get(0).token.realm());
    List<Token> tokens = issues.stream().map(issue -> issue.token.inEpoch(epoch)).toList();
    inParts(tokens, part -> InsertToken.inEpochs(handle, part));
    inParts(issues, part -> Audit.insertIssues(handle, part));
    return issues.size();
  }

  private static int epoch(Handle handle, Realm realm) {
    try (Query query = handle.createQuery(EPOCH)) {
      return query.bind(0, realm.id()).mapTo(Integer.class).one();
    }
  }

  /** Parts whose sizes are powers of two: few texts, so that the statements stay prepared. */
  private static <T> void inParts(List<T> rows, Consumer<List<T>> statement) {
    for (int from = 0; from < rows.size(); ) {
      int size = Integer.highestOneBit(rows.size() - from);
      statement.accept(rows.subList(from, from + size));
      from += size;
    }
  }
}
