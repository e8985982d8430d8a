package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.AccountRef;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.Companion;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.Token;
import io.jeton.v1.UpdateAccountRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are made with another one, on a real node. */
class CompanionsTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final FamilyCalls calls = new FamilyCalls(node);

  @Test
  void revocationOfAny_endsAll_alsoWhatIsHeldInMemory() {
    for (int ended = 0; ended < 5; ended++) {
      IssueTokenResponse issued = calls.issue(with(4));
      List<String> secrets = secrets(issued);
      assertThat(secrets).hasSize(5).allMatch(secret -> calls.verify(secret).getActive());

      calls.revoke(secrets.get(ended));

      assertThat(secrets)
          .allMatch(
              secret -> calls.verify(secret).getReason() == InactiveReason.INACTIVE_REASON_REVOKED);
    }
  }

  @Test
  void revocationById_endsAll() {
    IssueTokenResponse issued = calls.issue(with(1));

    node.tokens()
        .revokeToken(
            RevokeTokenRequest.newBuilder()
                .setId(issued.getCompanions(0).getToken().getId())
                .build());

    assertThat(calls.verify(issued.getSecret()).getActive()).isFalse();
  }

  @Test
  void endOfTheAccount_endsAll() {
    String account =
        node.accounts()
            .createAccount(CreateAccountRequest.newBuilder().setName("with-companions").build())
            .getAccount()
            .getId();
    IssueTokenResponse issued = calls.issue(with(2).clearSubject().setAccountId(account));

    node.accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder()
                .setAccount(AccountRef.newBuilder().setId(account))
                .setBanned(true)
                .build());

    assertThat(secrets(issued)).noneMatch(secret -> calls.verify(secret).getActive());
  }

  @Test
  void noneCanBeRefreshed() {
    IssueTokenResponse issued = calls.issue(with(1));

    assertThat(issued.getToken().getFamilyId()).isEqualTo(issued.getToken().getId());
    assertThat(issued.getToken().hasFamilyEndTime()).isFalse();
    for (String secret : secrets(issued)) {
      assertThat(calls.refusal(FamilyCalls.request(secret).setAcceptToken(true)))
          .isEqualTo(InactiveReason.INACTIVE_REASON_NOT_REFRESHABLE);
    }
    calls.revoke(issued.getSecret());
    for (String secret : secrets(issued)) {
      assertThat(calls.refusal(FamilyCalls.request(secret)))
          .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    }
  }

  @Test
  void bind_isOfAll_andLeavesTheOthersTheirScopes() {
    IssueTokenResponse issued = calls.issue(with(1).clearSubject());

    node.tokens()
        .bindToken(
            BindTokenRequest.newBuilder()
                .setToken(issued.getSecret())
                .setSubject("bound")
                .addScopes("write")
                .build());

    Token token = calls.verify(issued.getSecret()).getToken();
    assertThat(token.getSubject()).isEqualTo("bound");
    assertThat(token.getScopesList()).containsExactly("write");
    Token companion = calls.verify(issued.getCompanions(0).getSecret()).getToken();
    assertThat(companion.getSubject()).isEqualTo("bound");
    assertThat(companion.getScopesList()).containsExactly("file:read");
  }

  @Test
  void repeatedRequest_getsTheSameOnes_howeverMuchTheyAllow() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("much").setRequestId("with-companions");
    for (int n = 0; n < 64; n++) {
      request.addScopes(n + "x".repeat(126));
    }
    for (int n = 0; n < 4; n++) {
      request.addCompanions(
          CompanionSpec.newBuilder().setKind("k" + n).addAllScopes(request.getScopesList()));
    }
    IssueTokenResponse first = calls.issue(request);

    assertThat(calls.issue(request)).isEqualTo(first);
    assertThat(
            node.tokens()
                .listTokens(ListTokensRequest.newBuilder().setSubject("much").build())
                .getTokensCount())
        .isEqualTo(5);
  }

  @Test
  void whatDoesNotGoTogether_isRefused() {
    assertField(FamilyCalls.pair(60).addCompanions(file()), "companions");
    assertField(FamilyCalls.itself(60).addCompanions(file()), "companions");
    assertField(with(1).setModule("demo"), "companions");
    assertField(with(5), "companions");
    assertField(FamilyCalls.itself(60).setRevealable(true), "revealable");
    assertField(
        with(0).addCompanions(CompanionSpec.newBuilder().setKind("No Kind")), "companions[0].kind");
    CompanionSpec.Builder many = file();
    for (int n = 0; n < 64; n++) {
      many.addScopes("s" + n);
    }
    assertField(with(0).addCompanions(many), "companions[0].scopes");
  }

  private void assertField(IssueTokenRequest.Builder request, String field) {
    assertThat(Failure.of(() -> calls.issue(request)).fields()).containsExactly(field);
  }

  private static IssueTokenRequest.Builder with(int companions) {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("alice").addScopes("read");
    for (int n = 0; n < companions; n++) {
      request.addCompanions(file());
    }
    return request;
  }

  private static CompanionSpec.Builder file() {
    return CompanionSpec.newBuilder().setKind("file").addScopes("file:read");
  }

  private static List<String> secrets(IssueTokenResponse issued) {
    List<String> secrets = new ArrayList<>(List.of(issued.getSecret()));
    issued.getCompanionsList().stream().map(Companion::getSecret).forEach(secrets::add);
    return secrets;
  }
}
