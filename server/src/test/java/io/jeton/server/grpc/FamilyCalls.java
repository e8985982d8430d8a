package io.jeton.server.grpc;

import com.google.protobuf.Duration;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.sql.Connection;
import java.sql.Statement;

/** Calls about tokens that can be refreshed, on a real node as its administrator. */
final class FamilyCalls {
  private final NodeExtension node;

  FamilyCalls(NodeExtension node) {
    this.node = node;
  }

  static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  /** A token of an hour that is refreshed with a pair, for so many seconds. */
  static IssueTokenRequest.Builder pair(long window) {
    return IssueTokenRequest.newBuilder()
        .setSubject("alice")
        .addScopes("read")
        .setLifetime(seconds(3_600))
        .setRefresh(
            RefreshSpec.newBuilder()
                .setWindow(seconds(window))
                .setPair(RefreshWithPair.getDefaultInstance()));
  }

  /** A token of an hour that is refreshed with itself, for so many seconds. */
  static IssueTokenRequest.Builder itself(long window) {
    return pair(window)
        .setRefresh(
            RefreshSpec.newBuilder()
                .setWindow(seconds(window))
                .setItself(RefreshWithItself.getDefaultInstance()));
  }

  IssueTokenResponse issue(IssueTokenRequest.Builder request) {
    return node.tokens().issueToken(request.build());
  }

  static RefreshTokenRequest.Builder request(String secret) {
    return RefreshTokenRequest.newBuilder().setToken(secret).setLifetime(seconds(3_600));
  }

  RefreshTokenResponse refresh(RefreshTokenRequest.Builder request) {
    return node.tokens().refreshToken(request.build());
  }

  RefreshTokenResponse refresh(String secret) {
    return refresh(request(secret));
  }

  InactiveReason refusal(RefreshTokenRequest.Builder request) {
    RefreshTokenResponse response = refresh(request);
    if (response.getRefreshed() || response.hasToken() || !response.getSecret().isEmpty()) {
      throw new AssertionError("it was refreshed");
    }
    return response.getReason();
  }

  VerifyTokenResponse verify(String secret) {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(secret).build());
  }

  void revoke(String secret) {
    node.tokens().revokeToken(RevokeTokenRequest.newBuilder().setToken(secret).build());
  }

  void execute(String sql) throws Exception {
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Adds an account to the realm "default". */
  void addAccount(long id) throws Exception {
    execute(
        "INSERT INTO account (realm_id, account_id, profile, create_time, update_time)"
            + " SELECT realm_id, "
            + id
            + ", '{}', 1, 1 FROM realm WHERE name = 'default'");
  }
}
