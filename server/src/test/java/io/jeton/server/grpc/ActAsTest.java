package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators who act as others, on a real node. */
class ActAsTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final IssueTokenResponse administrator = issue("administrator");

  @Test
  void act_isAnsweredWithWhomItIsAs_andIsInTheAuditTableWithBoth() throws Exception {
    VerifyTokenResponse user = node.tokens().verifyToken(act().setActAsUser("42").build());
    VerifyTokenResponse group =
        node.tokens().verifyToken(act().setActAsGroup("9223372036854775807").build());

    assertThat(user.getActive()).isTrue();
    assertThat(user.getToken()).isEqualTo(administrator.getToken());
    assertThat(user.getEffectiveSubject()).isEqualTo("42");
    assertThat(group.getEffectiveSubject()).isEqualTo("group/9223372036854775807");
    assertThat(acts()).containsExactly("42", "group/9223372036854775807");
    assertThat(
            query(
                "SELECT COUNT(*) FROM audit WHERE action = 'ActAs' AND target = '"
                    + administrator.getToken().getId()
                    + "' AND realm = 'default' AND caller_id > 0 AND request_id <> ''"
                    + " AND address <> '' AND result = 'OK'"))
        .containsExactly("2");
  }

  @Test
  void plainVerification_leavesNoRecord_andIsAsTheSubject() throws Exception {
    assertThat(node.tokens().verifyToken(act().build()).getEffectiveSubject()).isEqualTo("root");
    assertThat(acts()).isEmpty();
  }

  @Test
  void inactiveToken_actsAsNobody_andLeavesNoRecord() throws Exception {
    IssueTokenResponse user = issue("access");

    assertThat(refusal(act().setToken(user.getSecret()).setActAsUser("42")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_NOT_ADMINISTRATOR);
    assertThat(
            refusal(
                act().setToken(user.getSecret()).setActAsUser("42").addRequiredScopes("absent")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_NOT_ADMINISTRATOR);
    assertThat(refusal(act().setActAsUser("42").addRequiredScopes("absent")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MISSING_SCOPE);
    assertThat(refusal(act().setAppId("other").setActAsUser("42")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_APPLICATION);
    assertThat(refusal(act().setToken("unknown").setActAsUser("42")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(refusal(act().setToken("jt_broken").setActAsUser("42")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MALFORMED);
    assertThat(acts()).isEmpty();
    assertThat(
            query(
                "SELECT COUNT(*) FROM audit WHERE action = 'ActAs' AND target = '"
                    + user.getToken().getId()
                    + "'"))
        .containsExactly("0");
  }

  @Test
  void everyActOfABatch_isRecorded() throws Exception {
    var batch =
        node.tokens()
            .batchVerifyTokens(
                BatchVerifyTokensRequest.newBuilder()
                    .addRequests(act().setActAsUser("1"))
                    .addRequests(act())
                    .addRequests(act().setAppId("other").setActAsUser("2"))
                    .addRequests(act().setActAsGroup("3"))
                    .build());

    assertThat(batch.getResponsesList())
        .extracting(VerifyTokenResponse::getEffectiveSubject)
        .containsExactly("1", "root", "", "group/3");
    assertThat(acts()).containsExactly("1", "group/3");
  }

  @Test
  void otherIds_areRefused_withTheField() {
    assertThat(fields(act().clearAppId().setActAsUser("1"))).containsExactly("app_id");
    assertThat(fields(act().setActAsUser("1").setActAsGroup("1"))).containsExactly("act_as_group");
    for (String id : List.of("0", "-1", "1x", "9223372036854775808")) {
      assertThat(fields(act().setActAsUser(id))).containsExactly("act_as_user");
      assertThat(fields(act().setActAsGroup(id))).containsExactly("act_as_group");
    }
  }

  /** A table that cannot be written to: no act without a record. */
  @Test
  void actThatCannotBeRecorded_isNotAnswered() throws Exception {
    calls("ALTER TABLE audit RENAME COLUMN effective_subject TO effective_subject_away");
    try {
      Failure failure =
          Failure.of(() -> node.tokens().verifyToken(act().setActAsUser("42").build()));
      assertThat(failure.code()).isIn("UNAVAILABLE", "INTERNAL");
      assertThat(node.tokens().verifyToken(act().build()).getActive()).isTrue();
    } finally {
      calls("ALTER TABLE audit RENAME COLUMN effective_subject_away TO effective_subject");
    }
  }

  private VerifyTokenRequest.Builder act() {
    return VerifyTokenRequest.newBuilder().setToken(administrator.getSecret()).setAppId("app");
  }

  private static IssueTokenResponse issue(String kind) {
    return node.tokens()
        .issueToken(
            IssueTokenRequest.newBuilder()
                .setKind(kind)
                .setSubject("root")
                .setAppId("app")
                .build());
  }

  private static InactiveReason refusal(VerifyTokenRequest.Builder request) {
    VerifyTokenResponse response = node.tokens().verifyToken(request.build());
    assertThat(response.getActive()).isFalse();
    assertThat(response.getEffectiveSubject()).isEmpty();
    return response.getReason();
  }

  private static List<String> fields(VerifyTokenRequest.Builder request) {
    return Failure.of(() -> node.tokens().verifyToken(request.build())).fields();
  }

  private List<String> acts() throws Exception {
    return query(
        "SELECT effective_subject FROM audit WHERE action = 'ActAs' AND target = '"
            + administrator.getToken().getId()
            + "' ORDER BY audit_id");
  }

  private static void calls(String sql) throws Exception {
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql) throws Exception {
    List<String> values = new ArrayList<>();
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
