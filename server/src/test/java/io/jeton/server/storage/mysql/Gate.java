package io.jeton.server.storage.mysql;

import io.jeton.server.storage.MySqlStoreExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** Keeps every change of tokens waiting at the database until it is opened. */
final class Gate implements AutoCloseable {
  /** How many shared transactions of a realm are under way. */
  private static final int LEADERS = 2;

  private final MySqlStoreExtension mysql;
  private final String atTheGate;
  private final Connection connection;
  private final Statement statement;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * A gate that is closed.
   *
   * @param waits what the statement that waits is like
   */
  Gate(MySqlStoreExtension mysql, String waits) throws SQLException {
    this.mysql = mysql;
    this.atTheGate =
        "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE '" + waits + "'";
    this.connection = mysql.connect();
    this.statement = connection.createStatement();
    statement.execute("LOCK TABLES token READ");
  }

  /** Begins calls: two are before the gate in the end, and all others wait for them. */
  List<Future<?>> callBehind(int calls, IntFunction<Callable<?>> call) {
    List<Future<?>> begun = new ArrayList<>();
    List<Thread> callers = new CopyOnWriteArrayList<>();
    for (int n = 1; n <= calls; n++) {
      Callable<?> each = call.apply(n);
      begun.add(
          threads.submit(
              () -> {
                callers.add(Thread.currentThread());
                return each.call();
              }));
    }
    Awaitility.await().until(() -> mysql.query(atTheGate).size() == LEADERS);
    Awaitility.await()
        .until(
            () ->
                callers.stream().filter(each -> each.getState() == Thread.State.WAITING).count()
                    == calls - LEADERS);
    return begun;
  }

  void open() throws SQLException {
    statement.execute("UNLOCK TABLES");
  }

  /**
   * Cuts the connections of those before the gate until all calls have ended, and says how many
   * there were.
   */
  int killUntilDone(List<Future<?>> calls) throws SQLException {
    Set<String> killed = new HashSet<>();
    while (!calls.stream().allMatch(Future::isDone)) {
      for (String id : mysql.query(atTheGate)) {
        if (killed.add(id)) {
          statement.execute("KILL " + id);
        }
      }
    }
    return killed.size();
  }

  /** How many transactions were committed by now. */
  int commits() throws SQLException {
    return Integer.parseInt(
        mysql
            .query(
                "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                    + " WHERE VARIABLE_NAME = 'COM_COMMIT'")
            .get(0));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    threads.shutdown();
  }
}
