package io.jeton.server.grpc;

import static io.jeton.server.grpc.FamilyCalls.itself;
import static io.jeton.server.grpc.FamilyCalls.pair;
import static io.jeton.server.grpc.FamilyCalls.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code BindToken} on a real node. */
class BindTokenTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final FamilyCalls calls = new FamilyCalls(node);

  @Test
  void bind_givesSubjectAndScopes_alsoToWhatIsHeldInMemory_andToEveryRefresh() {
    IssueTokenResponse issued = calls.issue(pair(60).clearSubject());
    assertThat(calls.verify(issued.getSecret()).getToken().getSubject()).isEmpty();

    Token bound = bind(BindTokenRequest.newBuilder().setToken(issued.getSecret()).setSubject("张三"));

    assertThat(bound.getSubject()).isEqualTo("张三");
    assertThat(bound.getScopesList()).containsExactly("a", "b");
    assertThat(bound.getAccountId()).isEmpty();
    assertThat(calls.verify(issued.getSecret()).getToken()).isEqualTo(bound);
    RefreshTokenResponse refreshed = calls.refresh(issued.getRefreshSecret());
    assertThat(refreshed.getToken().getSubject()).isEqualTo("张三");
    assertThat(refreshed.getRefreshToken().getSubject()).isEqualTo("张三");
    assertThat(refreshed.getRefreshToken().getScopesList()).containsExactly("a", "b");
  }

  @Test
  void bind_isSeen_whenAnAnswerIsGivenAgain() {
    for (IssueTokenRequest.Builder request : List.of(pair(60), itself(60))) {
      IssueTokenResponse issued = calls.issue(request.clearSubject());
      String presented =
          issued.getRefreshSecret().isEmpty() ? issued.getSecret() : issued.getRefreshSecret();
      RefreshTokenResponse first = calls.refresh(presented);
      Token bound =
          bind(BindTokenRequest.newBuilder().setToken(first.getSecret()).setSubject("bob"));

      RefreshTokenResponse again = calls.refresh(presented);

      assertThat(again.getRepeated()).isTrue();
      assertThat(again.getToken()).isEqualTo(bound);
      assertThat(again.getSecret()).isEqualTo(first.getSecret());
      assertThat(again.getRefreshSecret()).isEqualTo(first.getRefreshSecret());
      assertThat(again.hasRefreshToken()).isEqualTo(first.hasRefreshToken());
      if (again.hasRefreshToken()) {
        assertThat(again.getRefreshToken().getSubject()).isEqualTo("bob");
        assertThat(again.getRefreshToken().getScopesList()).containsExactly("a", "b");
      }
    }
  }

  @Test
  void bind_toAnAccount_hasItsIdAsSubject() throws Exception {
    calls.addAccount(51);
    IssueTokenResponse issued = calls.issue(itself(60).clearSubject());
    Token bound =
        bind(BindTokenRequest.newBuilder().setId(issued.getToken().getId()).setAccountId("51"));
    assertThat(bound.getSubject()).isEqualTo("51");
    assertThat(bound.getAccountId()).isEqualTo("51");
    assertThat(calls.refresh(issued.getSecret()).getToken().getAccountId()).isEqualTo("51");

    IssueTokenResponse next = calls.issue(itself(60).clearSubject());
    for (String unknown : List.of("52", "9999999999999999")) {
      assertThat(
              Failure.of(
                      () ->
                          bind(
                              BindTokenRequest.newBuilder()
                                  .setToken(next.getSecret())
                                  .setAccountId(unknown)))
                  .kind())
          .isEqualTo("NOT_FOUND ACCOUNT_NOT_FOUND");
    }
    calls.execute("UPDATE account SET disable_time = 1 WHERE account_id = 51");
    assertThat(
            Failure.of(
                    () ->
                        bind(
                            BindTokenRequest.newBuilder()
                                .setToken(next.getSecret())
                                .setAccountId("51")))
                .kind())
        .isEqualTo("FAILED_PRECONDITION ACCOUNT_INACTIVE");
  }

  @Test
  void bind_again_isOkToTheSame_andRefusedToAnother() {
    IssueTokenResponse issued = calls.issue(itself(60).clearSubject());
    BindTokenRequest.Builder request =
        BindTokenRequest.newBuilder().setToken(issued.getSecret()).setSubject("bob");
    Token bound = bind(request);
    assertThat(bind(request)).isEqualTo(bound);
    assertThat(Failure.of(() -> bind(request.clone().setSubject("eve"))).kind())
        .isEqualTo("FAILED_PRECONDITION TOKEN_BOUND");
    IssueTokenResponse alices = calls.issue(itself(60));
    assertThat(Failure.of(() -> bind(request.clone().setToken(alices.getSecret()))).kind())
        .isEqualTo("FAILED_PRECONDITION TOKEN_BOUND");
  }

  @Test
  void bind_refusesTokens_thatAreNotActive() {
    IssueTokenResponse revoked = calls.issue(itself(60).clearSubject());
    calls.revoke(revoked.getSecret());
    IssueTokenResponse spent = calls.issue(itself(60).clearSubject());
    calls.refresh(request(spent.getSecret()));
    IssueTokenResponse expired = calls.issue(itself(60).clearSubject());
    node.clock().advance(Duration.ofSeconds(3_600));
    for (IssueTokenResponse each : List.of(revoked, spent, expired)) {
      assertThat(
              Failure.of(
                      () ->
                          bind(
                              BindTokenRequest.newBuilder()
                                  .setToken(each.getSecret())
                                  .setSubject("s")))
                  .kind())
          .isEqualTo("FAILED_PRECONDITION TOKEN_INACTIVE");
    }
    assertThat(
            Failure.of(
                    () -> bind(BindTokenRequest.newBuilder().setToken("unknown").setSubject("s")))
                .kind())
        .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
  }

  @Test
  void bind_refusesFieldsOutsideTheirLimits() {
    BindTokenRequest.Builder request = BindTokenRequest.newBuilder().setId("1").setSubject("s");
    assertThat(fields(request.clone().clearTo())).containsExactly("to");
    assertThat(fields(request.clone().clearLookup())).containsExactly("lookup");
    assertThat(fields(request.clone().setSubject(""))).containsExactly("subject");
    assertThat(fields(request.clone().setAccountId("05"))).containsExactly("account_id");
    assertThat(fields(request.clone().addScopes("a b"))).containsExactly("scopes[0]");
  }

  private static List<String> fields(BindTokenRequest.Builder request) {
    return Failure.of(() -> node.tokens().bindToken(request.build())).fields();
  }

  private static Token bind(BindTokenRequest.Builder request) {
    return node.tokens()
        .bindToken(request.clone().addScopes("b").addScopes("a").build())
        .getToken();
  }
}
