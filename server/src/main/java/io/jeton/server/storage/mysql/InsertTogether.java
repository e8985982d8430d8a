package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Realm;
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
  record Issue(Token token, Actor actor) {
    private Audit.Entry entry() {
      return new Audit.Entry(
          token.issueTime(),
          actor,
          Audit.ISSUE,
          token.realm().name().value(),
          token.id().toString());
    }
  }

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
  public List<Issue> all(List<Issue> issues) throws AllFailedException {
    SharedOutcome outcome = new SharedOutcome();
    try {
      if (issues.size() == 1) {
        alone.accept(issues.get(0));
        return List.of();
      }
      transactions.writeShared(
          handle -> {
            outcome.begins();
            return insert(handle, issues);
          },
          outcome::isUnknown);
    } catch (RuntimeException e) {
      if (issues.size() == 1) {
        // What one could not do need not be tried again.
        throw new AllFailedException(e);
      }
      throw outcome.of(e);
    }
    return List.of();
  }

  @Override
  public void one(Issue issue) {
    alone.accept(issue);
  }

  private static int insert(Handle handle, List<Issue> issues) {
    int epoch = epoch(handle, issues.get(0).token.realm());
    List<Token> tokens = issues.stream().map(issue -> issue.token.inEpoch(epoch)).toList();
    Parts.of(tokens, part -> InsertToken.inEpochs(handle, part));
    Parts.of(issues, part -> Audit.insert(handle, part.stream().map(Issue::entry).toList()));
    return issues.size();
  }

  private static int epoch(Handle handle, Realm realm) {
    try (Query query = handle.createQuery(EPOCH)) {
      return query.bind(0, realm.id()).mapTo(Integer.class).one();
    }
  }
}
