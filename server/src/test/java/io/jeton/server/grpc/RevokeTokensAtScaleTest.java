package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.Token;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import io.jeton.v1.WholeRealm;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code RevokeTokens} with {@value #TOKENS} live tokens on a real node: one row is written, no
 * token's row is, and every one of them is refused at once. Prints what it took.
 */
@Tag("full")
class RevokeTokensAtScaleTest {
  private static final int TOKENS = 1_000_000;
  private static final int BATCH = 100;
  private static final int INSERTED_AT_ONCE = 50_000;

  /** One in so many of those that were not ended is looked at after each end. */
  private static final int SAMPLE = 20;

  @TempDir Path directory;

  private TokenServiceBlockingStub tokens;
  private Connection database;

  @Test
  void revoke_isOneWrite_andRefusesEveryOneAtOnce() throws Exception {
    Map<String, String> settings =
        Map.of("data-dir", directory.resolve("data").toString(), "port", "0");
    try (Node node =
        Node.start(
            ConfigReader.read(Optional.empty(), Map.of(), settings),
            Path.of(System.getProperty("jeton.home")),
            Map.of(),
            InstantSource.system())) {
      URI url = URI.create(node.url());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
      try (Connection connection = connect()) {
        ClientInterceptor key = MetadataUtils.newAttachHeadersInterceptor(key());
        tokens = TokenServiceGrpc.newBlockingStub(channel).withInterceptors(key);
        ModuleServiceGrpc.newBlockingStub(channel)
            .withInterceptors(key)
            .createModule(
                CreateModuleRequest.newBuilder().setName("demo").setIdentification("demo").build());
        database = connection;
        timed("insert " + TOKENS + " tokens", this::seed);
        timed("verify them all", () -> assertAll(n -> true, true, 1));
        revokeAndLook();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private void revokeAndLook() throws Exception {
    // Five kinds of tokens by n % 5; the last is of none of these groups but the realm.
    RevokeTokensRequest none = RevokeTokensRequest.getDefaultInstance();
    List<RevokeTokensRequest> groups =
        List.of(
            none.toBuilder().setSubject("everyone").build(),
            none.toBuilder().setAppId("shop").build(),
            none.toBuilder().setModule("demo").build(),
            none.toBuilder().setKind("login").build());
    for (int g = 0; g < groups.size(); g++) {
      int group = g;
      RevokeTokensResponse revoked = revoke(groups.get(group));
      timed("refuse all of it", () -> assertAll(n -> n % 5 == group, false, 1));
      assertAll(n -> n % 5 > group, true, SAMPLE);
      for (int n = 5 + group; n < TOKENS; n += TOKENS / 50) {
        assertThat(get(n).getRevokeTime()).isEqualTo(revoked.getRevokeTime());
        assertThat(get(n - n % 5 + 4).hasRevokeTime()).isFalse();
      }
    }
    timed(
        "list the ended subject",
        () -> assertThat(list(ListTokensRequest.newBuilder().setSubject("everyone"))).isZero());
    timed(
        "list the realm",
        () -> assertThat(list(ListTokensRequest.newBuilder())).isEqualTo(TOKENS / 5));
    revoke(none.toBuilder().setWholeRealm(WholeRealm.getDefaultInstance()).build());
    timed("refuse all of it", () -> assertAll(n -> true, false, 1));
    timed("list the realm", () -> assertThat(list(ListTokensRequest.newBuilder())).isZero());
  }

  private RevokeTokensResponse revoke(RevokeTokensRequest request) throws SQLException {
    String before = checksum();
    int epochs = Integer.parseInt(value("SELECT COUNT(*) FROM epoch"));
    long begin = System.nanoTime();
    RevokeTokensResponse revoked = tokens.revokeTokens(request);
    print("RevokeTokens of " + request.getOfCase(), begin);
    assertThat(value("SELECT COUNT(*) FROM epoch")).isEqualTo("" + (epochs + 1));
    assertThat(checksum()).isEqualTo(before);
    return revoked;
  }

  /** Of all columns that anything ever changes. */
  private String checksum() throws SQLException {
    return value(
        "SELECT CONCAT_WS(' ', COUNT(*), SUM(live), COUNT(revoke_time), SUM(epoch),"
            + " BIT_XOR(CRC32(CONCAT_WS(' ', token_id, subject, kind, app_id, expire_time))))"
            + " FROM token");
  }

  private void seed() throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (int from = 1; from <= TOKENS; from += INSERTED_AT_ONCE) {
        statement.execute(
            "INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id,"
                + " issue_time, issuer, module_id) SELECT seq, realm_id, UNHEX(SHA2(CONCAT("
                + "UNHEX('0007'), 'default', UNHEX('0000'),"
                + " UNHEX(SHA2(CONCAT('scale-', seq), 256))), 256)), 1,"
                + " IF(seq % 5 = 3, 'login', 'access'),"
                + " IF(seq % 5 = 0, 'everyone', CONCAT('s', seq % 1000)), 'read',"
                + " IF(seq % 5 = 1, 'shop', ''), 0, '', IF(seq % 5 = 2,"
                + " (SELECT module_id FROM module WHERE name_key = 'demo'), NULL)"
                + (" FROM realm, seq_" + from + "_to_" + (from + INSERTED_AT_ONCE - 1))
                + " WHERE name = 'default'");
      }
    }
  }

  /** That tokens are all active, or all revoked: one in so many of those chosen. */
  private void assertAll(IntPredicate chosen, boolean isActive, int sample) {
    List<Integer> numbers = new ArrayList<>();
    int seen = 0;
    for (int n = 1; n <= TOKENS; n++) {
      if (chosen.test(n) && seen++ % sample == 0) {
        numbers.add(n);
      }
    }
    int batches = (numbers.size() + BATCH - 1) / BATCH;
    long right =
        IntStream.range(0, batches)
            .parallel()
            .mapToLong(
                b -> {
                  int end = Math.min(numbers.size(), (b + 1) * BATCH);
                  return count(numbers.subList(b * BATCH, end), isActive);
                })
            .sum();
    assertThat(right).isEqualTo(numbers.size()).isPositive();
  }

  private long count(List<Integer> numbers, boolean isActive) {
    BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
    numbers.forEach(n -> batch.addRequests(VerifyTokenRequest.newBuilder().setToken("scale-" + n)));
    return tokens.batchVerifyTokens(batch.build()).getResponsesList().stream()
        .filter(answer -> isAsExpected(answer, isActive))
        .count();
  }

  private static boolean isAsExpected(VerifyTokenResponse answer, boolean isActive) {
    return isActive
        ? answer.getActive()
        : answer.getReason() == InactiveReason.INACTIVE_REASON_REVOKED;
  }

  private Token get(int n) {
    return tokens.getToken(GetTokenRequest.newBuilder().setId("" + n).build()).getToken();
  }

  private int list(ListTokensRequest.Builder request) {
    int listed = 0;
    do {
      ListTokensResponse page = tokens.listTokens(request.setPageSize(1_000).build());
      listed += page.getTokensCount();
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return listed;
  }

  private String value(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws Exception {
    Properties client = new Properties();
    try (InputStream in = Files.newInputStream(directory.resolve("data/database/client.cnf"))) {
      client.load(in);
    }
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + client.getProperty("port") + "/jeton",
        client.getProperty("user"),
        client.getProperty("password"));
  }

  private Metadata key() throws Exception {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + Files.readString(directory.resolve("data/admin.key")).strip());
    return headers;
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void timed(String what, Step step) throws Exception {
    long begin = System.nanoTime();
    step.run();
    print(what, begin);
  }

  private static void print(String what, long begin) {
    System.out.printf("%-32s %,10.1f ms%n", what, (System.nanoTime() - begin) / 1e6);
  }
}
