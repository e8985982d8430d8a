package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.BindTokens;
import io.jeton.server.api.ExtendTokens;
import io.jeton.server.api.IssueToken;
import io.jeton.server.api.ManageTokens;
import io.jeton.server.api.RefreshTokens;
import io.jeton.server.api.RevokeGroups;
import io.jeton.server.api.VerifyTokens;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;

/**
 * {@code jeton.v1.TokenService}. Verification stays on the event loop; the rest blocks elsewhere.
 */
final class TokenGrpc extends TokenServiceImplBase {
  private final Calls calls;
  private final CallMetrics verifyTokenMetrics;
  private final CallMetrics batchVerifyTokensMetrics;
  private final CallMetrics issueTokenMetrics;
  private final CallMetrics refreshTokenMetrics;
  private final CallMetrics bindTokenMetrics;
  private final CallMetrics getTokenMetrics;
  private final CallMetrics listTokensMetrics;
  private final CallMetrics revokeTokenMetrics;
  private final CallMetrics extendTokenMetrics;
  private final CallMetrics revokeTokensMetrics;
  private final VerifyTokens verify;
  private final IssueToken issue;
  private final RefreshTokens refresh;
  private final BindTokens bind;
  private final ManageTokens manage;
  private final ExtendTokens extend;
  private final RevokeGroups revokeGroups;

  TokenGrpc(
      Calls calls,
      VerifyTokens verify,
      IssueToken issue,
      RefreshTokens refresh,
      BindTokens bind,
      ManageTokens manage,
      ExtendTokens extend,
      RevokeGroups revokeGroups) {
    this.calls = calls;
    this.verifyTokenMetrics = calls.metrics(TokenServiceGrpc.getVerifyTokenMethod());
    this.batchVerifyTokensMetrics = calls.metrics(TokenServiceGrpc.getBatchVerifyTokensMethod());
    this.issueTokenMetrics = calls.metrics(TokenServiceGrpc.getIssueTokenMethod());
    this.refreshTokenMetrics = calls.metrics(TokenServiceGrpc.getRefreshTokenMethod());
    this.bindTokenMetrics = calls.metrics(TokenServiceGrpc.getBindTokenMethod());
    this.getTokenMetrics = calls.metrics(TokenServiceGrpc.getGetTokenMethod());
    this.listTokensMetrics = calls.metrics(TokenServiceGrpc.getListTokensMethod());
    this.revokeTokenMetrics = calls.metrics(TokenServiceGrpc.getRevokeTokenMethod());
    this.extendTokenMetrics = calls.metrics(TokenServiceGrpc.getExtendTokenMethod());
    this.revokeTokensMetrics = calls.metrics(TokenServiceGrpc.getRevokeTokensMethod());
    this.verify = verify;
    this.issue = issue;
    this.refresh = refresh;
    this.bind = bind;
    this.manage = manage;
    this.extend = extend;
    this.revokeGroups = revokeGroups;
  }

  @Override
  public void verifyToken(
      VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> observer) {
    calls.answer(
        verifyTokenMetrics,
        observer,
        () -> {
          ServiceRequestContext context = ServiceRequestContext.current();
          return verify.verify(
              request,
              CallerInterceptor.current(context),
              () -> CallerInterceptor.identity(context));
        });
  }

  @Override
  public void batchVerifyTokens(
      BatchVerifyTokensRequest request, StreamObserver<BatchVerifyTokensResponse> observer) {
    calls.answer(
        batchVerifyTokensMetrics,
        observer,
        () -> {
          ServiceRequestContext context = ServiceRequestContext.current();
          return verify.verifyAll(
              request,
              CallerInterceptor.current(context),
              () -> CallerInterceptor.identity(context));
        });
  }

  @Override
  public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenResponse> observer) {
    calls.answerBlocking(issueTokenMetrics, request, observer, issue::issue);
  }

  @Override
  public void refreshToken(
      RefreshTokenRequest request, StreamObserver<RefreshTokenResponse> observer) {
    calls.answerBlocking(refreshTokenMetrics, request, observer, refresh::refresh);
  }

  @Override
  public void bindToken(BindTokenRequest request, StreamObserver<BindTokenResponse> observer) {
    calls.answerBlocking(bindTokenMetrics, request, observer, bind::bind);
  }

  @Override
  public void getToken(GetTokenRequest request, StreamObserver<GetTokenResponse> observer) {
    calls.answerBlocking(getTokenMetrics, request, observer, manage::get);
  }

  @Override
  public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    calls.answerBlocking(listTokensMetrics, request, observer, manage::list);
  }

  @Override
  public void revokeToken(
      RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
    calls.answerBlocking(revokeTokenMetrics, request, observer, manage::revoke);
  }

  @Override
  public void extendToken(
      ExtendTokenRequest request, StreamObserver<ExtendTokenResponse> observer) {
    calls.answerBlocking(extendTokenMetrics, request, observer, extend::extend);
  }

  @Override
  public void revokeTokens(
      RevokeTokensRequest request, StreamObserver<RevokeTokensResponse> observer) {
    calls.answerBlocking(revokeTokensMetrics, request, observer, revokeGroups::revoke);
  }
}
