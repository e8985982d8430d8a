package io.jeton.bridge;

import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
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
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.concurrent.CompletableFuture;

/**
 * The token service as the contracts see it: the calls of {@code jeton.v1} that they need, in its
 * messages.
 *
 * <p>No method blocks or throws. Every future completes in less than a second, exceptionally with a
 * {@link CoreException} when the call failed. Implementations are safe for use by several threads.
 */
public interface Core {
  CompletableFuture<IssueTokenResponse> issueToken(IssueTokenRequest request, Client client);

  CompletableFuture<VerifyTokenResponse> verifyToken(VerifyTokenRequest request, Client client);

  CompletableFuture<RefreshTokenResponse> refreshToken(RefreshTokenRequest request, Client client);

  CompletableFuture<BindTokenResponse> bindToken(BindTokenRequest request, Client client);

  CompletableFuture<ExtendTokenResponse> extendToken(ExtendTokenRequest request, Client client);

  CompletableFuture<GetTokenResponse> getToken(GetTokenRequest request, Client client);

  CompletableFuture<ListTokensResponse> listTokens(ListTokensRequest request, Client client);

  CompletableFuture<RevokeTokenResponse> revokeToken(RevokeTokenRequest request, Client client);

  CompletableFuture<CheckPasswordResponse> checkPassword(
      CheckPasswordRequest request, Client client);

  CompletableFuture<EnsureAccountResponse> ensureAccount(
      EnsureAccountRequest request, Client client);

  CompletableFuture<SetForeignTokensResponse> setForeignTokens(
      SetForeignTokensRequest request, Client client);

  CompletableFuture<TouchSessionResponse> touchSession(TouchSessionRequest request, Client client);

  CompletableFuture<GetModuleResponse> getModule(GetModuleRequest request, Client client);

  CompletableFuture<GetApplicationResponse> getApplication(
      GetApplicationRequest request, Client client);
}
