package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.client.InactiveReason;
import io.jeton.client.IssueSpec;
import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.ListSpec;
import io.jeton.client.Token;
import io.jeton.client.TokenRef;
import io.jeton.client.VerifySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop finishes what it has begun, and leaves nothing behind. */
class StopIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void sigterm_underManyCalls_answersWhatItAccepted_andNothingElseHappened() throws Exception {
    Path data = directory.resolve("data");
    Map<String, IssuedToken> answered = new ConcurrentHashMap<>();
    Queue<String> unclean = new ConcurrentLinkedQueue<>();
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      List<Future<?>> streams = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String name = "stream-" + i;
        streams.add(threads.submit(() -> issueUntilRefused(client, name, answered, unclean)));
      }
      for (int i = 0; i < 4; i++) {
        streams.add(threads.submit(() -> listUntilRefused(client, unclean)));
      }
      await("a stream of calls").atMost(LIMIT).until(() -> answered.size() > 500);

      server.process().signal("TERM");
      assertThat(server.process().awaitExit(LIMIT)).as(server.process().err()).isZero();

      for (Future<?> stream : streams) {
        stream.get(10, TimeUnit.SECONDS);
      }
      requireNothingLeft(server);
    }
    assertThat(unclean).isEmpty();

    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      List<VerifySpec> secrets =
          answered.values().stream().map(IssuedToken::secret).map(VerifySpec::of).toList();
      assertThat(client.tokens().verifyAll(secrets)).allMatch(verdict -> verdict.active());
      // A call that was refused never began: there is no token but those that were answered.
      Set<String> there =
          client.tokens().list(ListSpec.all()).map(Token::subject).collect(Collectors.toSet());
      there.removeAll(answered.keySet());
      assertThat(there).isEmpty();
      server.stop();
    }
  }

  @Test
  void sigterm_whileACallWaits_finishesTheCall_andRefusesNewOnes() throws Exception {
    Path data = directory.resolve("data");
    IssuedToken token;
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      token = client.tokens().issue(IssueSpec.builder().build());
      CompletableFuture<Token> revoked;
      try (Connection connection = connect(server);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        String row = "SELECT * FROM token WHERE token_id = " + token.token().id() + " FOR UPDATE";
        statement.executeQuery(row).close();
        revoked =
            CompletableFuture.supplyAsync(
                () -> client.tokens().revoke(TokenRef.id(token.token().id())), threads);
        await("the call").atMost(LIMIT).until(() -> isWaiting(server));

        server.process().signal("TERM");
        try (JetonClient probe = server.client()) {
          await("that the server no longer serves")
              .atMost(Duration.ofSeconds(3))
              .until(() -> !isServing(probe));
        }
        assertThat(revoked).isNotDone();
        assertThat(server.process().isRunning()).isTrue();
      }
      assertThat(revoked.get(10, TimeUnit.SECONDS).revokeTime()).isPresent();
      assertThat(server.process().awaitExit(LIMIT)).isZero();
      requireNothingLeft(server);
    }
    try (JetonProcess server = JetonProcess.start(data);
        JetonClient client = server.client()) {
      assertThat(client.tokens().verify(token.secret()).reason()).contains(InactiveReason.REVOKED);

      server.process().signal("INT");
      assertThat(server.process().awaitExit(LIMIT)).isZero();
      requireNothingLeft(server);
    }
  }

  private static void issueUntilRefused(
      JetonClient client, String name, Map<String, IssuedToken> answered, Queue<String> unclean) {
    try {
      for (int i = 0; ; i++) {
        String subject = name + "-" + i;
        answered.put(subject, client.tokens().issue(IssueSpec.builder().subject(subject).build()));
      }
    } catch (JetonException e) {
      requireClean(e, unclean);
    }
  }

  private static void listUntilRefused(JetonClient client, Queue<String> unclean) {
    try {
      while (true) {
        long unused = client.tokens().list(ListSpec.all().pageSize(1000)).count();
      }
    } catch (JetonException e) {
      requireClean(e, unclean);
    }
  }

  private static void requireClean(JetonException e, Queue<String> unclean) {
    if (!e.code().equals("UNAVAILABLE")) {
      unclean.add(e.code() + " " + e.reason() + " " + e.getMessage());
    }
  }

  private static void requireNothingLeft(JetonProcess server) {
    assertThat(MariaDbs.of(server.dataDirectory())).isEmpty();
    assertThat(server.dataDirectory().resolve("server.url")).doesNotExist();
    assertThat(server.process().err()).doesNotContain("Exception", "ERROR", "WARN");
  }

  private static boolean isServing(JetonClient client) {
    try {
      return client.isServing();
    } catch (JetonException e) {
      return false;
    }
  }

  /** A connection to the server's own database. */
  private static Connection connect(JetonProcess server) throws IOException, SQLException {
    Map<String, String> file = new HashMap<>();
    for (String line : Files.readAllLines(server.dataDirectory().resolve("database/client.cnf"))) {
      String[] parts = line.split("=", 2);
      file.put(parts[0], parts[parts.length - 1]);
    }
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + file.get("port") + "/" + file.get("database"),
        file.get("user"),
        file.get("password"));
  }

  /** Whether a call of the server waits for the row that this test holds. */
  private static boolean isWaiting(JetonProcess server) throws IOException, SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW FULL PROCESSLIST")) {
      while (rows.next()) {
        String sql = String.valueOf(rows.getString("Info")).toLowerCase(Locale.ROOT);
        if (rows.getString("Command").equals("Execute") && sql.contains("token_id")) {
          return true;
        }
      }
      return false;
    }
  }
}
