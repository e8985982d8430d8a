package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Families of which some tokens were ended with their kind, on a real node. */
class EndedFamilyTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final InactiveReason REVOKED = InactiveReason.INACTIVE_REASON_REVOKED;

  private final FamilyCalls calls = new FamilyCalls(node);

  @Test
  void revokeToken_byARefreshSecretWhoseKindWasEnded_endsItsTokenToo() {
    IssueTokenResponse pair = calls.issue(FamilyCalls.pair(900).setSubject("ef-pair"));
    RevokeTokensResponse ended = revokeKind("refresh");
    assertThat(calls.verify(pair.getSecret()).getActive()).isTrue();
    node.clock().advance(Duration.ofSeconds(5));

    RevokeTokenResponse revoked = revoke(pair.getRefreshSecret());

    assertThat(calls.verify(pair.getSecret()).getReason()).isEqualTo(REVOKED);
    assertThat(revoked.getChanged()).isFalse();
    assertThat(revoked.getToken().getRevokeTime()).isEqualTo(ended.getRevokeTime());
    assertThat(get(pair.getRefreshToken().getId()).getRevokeTime())
        .isEqualTo(ended.getRevokeTime());
  }

  @Test
  void revokeToken_ofACompanionWhoseKindWasEnded_endsAll() {
    IssueTokenResponse issued =
        calls.issue(
            IssueTokenRequest.newBuilder()
                .setSubject("ef-companion")
                .addCompanions(CompanionSpec.newBuilder().setKind("ef-im"))
                .addCompanions(CompanionSpec.newBuilder().setKind("ef-push")));
    revokeKind("ef-im");

    revoke(issued.getCompanions(0).getSecret());

    assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(REVOKED);
    assertThat(calls.verify(issued.getCompanions(1).getSecret()).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void issue_takesTheCodesOfAPairThatWasEnded_again() {
    IssueTokenRequest.Builder pair =
        FamilyCalls.pair(900)
            .setSubject("ef-codes")
            .setSupplied(
                SuppliedFormat.newBuilder().setCode("EF-CODE").setRefreshCode("EF-REFRESH"));
    calls.issue(pair);
    node.tokens().revokeTokens(RevokeTokensRequest.newBuilder().setSubject("ef-codes").build());

    IssueTokenResponse again = calls.issue(pair);

    assertThat(calls.verify("EF-CODE").getToken().getId()).isEqualTo(again.getToken().getId());
    assertThat(calls.refresh("EF-REFRESH").getToken().getId()).isEqualTo(again.getToken().getId());
  }

  /** A trigger stops the issue between the rows of the token and of its companion. */
  @Test
  void revokeTokens_inTheMiddleOfAnIssue_endsAllThatIsMadeOrNothing() throws Exception {
    calls.execute(
        "CREATE TRIGGER ef_slow BEFORE INSERT ON token FOR EACH ROW"
            + " IF NEW.kind = 'ef-slow' THEN SET NEW.imported_id = GET_LOCK('ef', 20); END IF");
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT GET_LOCK('ef', 0)");
      CompletableFuture<IssueTokenResponse> issuing =
          CompletableFuture.supplyAsync(
              () ->
                  calls.issue(
                      IssueTokenRequest.newBuilder()
                          .setSubject("ef-slow")
                          .addCompanions(CompanionSpec.newBuilder().setKind("ef-slow"))));
      Awaitility.await().until(() -> isRunning(statement, "INSERT INTO token"));
      CompletableFuture<RevokeTokensResponse> ending =
          CompletableFuture.supplyAsync(
              () ->
                  node.tokens()
                      .revokeTokens(
                          RevokeTokensRequest.newBuilder().setSubject("ef-slow").build()));
      Awaitility.await()
          .until(() -> ending.isDone() || isRunning(statement, "UPDATE realm SET epoch"));
      statement.execute("SELECT RELEASE_LOCK('ef')");
      ending.join();

      IssueTokenResponse issued = issuing.join();
      assertThat(calls.verify(issued.getCompanions(0).getSecret()).getActive())
          .isEqualTo(calls.verify(issued.getSecret()).getActive());
    } finally {
      calls.execute("DROP TRIGGER ef_slow");
    }
  }

  private static boolean isRunning(Statement statement, String sql) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '" + sql + "%'")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }

  private static RevokeTokensResponse revokeKind(String kind) {
    return node.tokens().revokeTokens(RevokeTokensRequest.newBuilder().setKind(kind).build());
  }

  private static RevokeTokenResponse revoke(String secret) {
    return node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(secret).build());
  }

  private static Token get(String id) {
    return node.tokens().getToken(GetTokenRequest.newBuilder().setId(id).build()).getToken();
  }
}
