package io.jeton.server.inner;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.server.api.Errors;
import io.jeton.server.api.Identity;
import io.jeton.server.api.Services;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ErrorReason;
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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of this node as a core. Its calls are the server's own, which may do everything; a
 * token that is held in memory is judged on the calling thread, all else on threads that may block.
 * Safe for use by several threads; never blocks.
 */
public final class InProcessCore implements Core {
  private static final Logger LOG = LoggerFactory.getLogger(InProcessCore.class);

  /** Less than the second that a call may take, so that its failure can still be answered. */
  private static final Duration TIMEOUT = Duration.ofMillis(900);

  private final Services services;
  private final Executor blocking;

  /** Takes the services, and where calls that block run; it may reject. */
  public InProcessCore(Services services, Executor blocking) {
    this.services = services;
    this.blocking = blocking;
  }

  @Override
  public CompletableFuture<IssueTokenResponse> issueToken(
      IssueTokenRequest request, Client client) {
    return blocking(request, client, services.issue()::issue);
  }

  @Override
  public CompletableFuture<VerifyTokenResponse> verifyToken(
      VerifyTokenRequest request, Client client) {
    return answer(
        client, () -> services.verify().verify(request, Caller.SERVER, () -> identity(client)));
  }

  @Override
  public CompletableFuture<RefreshTokenResponse> refreshToken(
      RefreshTokenRequest request, Client client) {
    return blocking(request, client, services.refresh()::refresh);
  }

  @Override
  public CompletableFuture<RevokeTokenResponse> revokeToken(
      RevokeTokenRequest request, Client client) {
    return blocking(request, client, services.manageTokens()::revoke);
  }

  @Override
  public CompletableFuture<BindTokenResponse> bindToken(BindTokenRequest request, Client client) {
    return blocking(request, client, services.bind()::bind);
  }

  @Override
  public CompletableFuture<ExtendTokenResponse> extendToken(
      ExtendTokenRequest request, Client client) {
    return CompletableFuture.failedFuture(
        new CoreException(ErrorReason.ERROR_REASON_INTERNAL)); // pending
  }

  @Override
  public CompletableFuture<GetTokenResponse> getToken(GetTokenRequest request, Client client) {
    return blocking(request, client, services.manageTokens()::get);
  }

  @Override
  public CompletableFuture<ListTokensResponse> listTokens(
      ListTokensRequest request, Client client) {
    return blocking(request, client, services.manageTokens()::list);
  }

  @Override
  public CompletableFuture<EnsureAccountResponse> ensureAccount(
      EnsureAccountRequest request, Client client) {
    return CompletableFuture.failedFuture(
        new CoreException(ErrorReason.ERROR_REASON_INTERNAL)); // pending
  }

  @Override
  public CompletableFuture<TouchSessionResponse> touchSession(
      TouchSessionRequest request, Client client) {
    return blocking(request, client, services.manageSessions()::touch);
  }

  @Override
  public CompletableFuture<GetModuleResponse> getModule(GetModuleRequest request, Client client) {
    return CompletableFuture.failedFuture(
        new CoreException(ErrorReason.ERROR_REASON_INTERNAL)); // pending
  }

  @Override
  public CompletableFuture<GetApplicationResponse> getApplication(
      GetApplicationRequest request, Client client) {
    return CompletableFuture.failedFuture(
        new CoreException(ErrorReason.ERROR_REASON_INTERNAL)); // pending
  }

  @Override
  public CompletableFuture<CheckPasswordResponse> checkPassword(
      CheckPasswordRequest request, Client client) {
    return answer(client, () -> services.checkPasswords().check(request, identity(client)));
  }

  @Override
  public CompletableFuture<SetForeignTokensResponse> setForeignTokens(
      SetForeignTokensRequest request, Client client) {
    return blocking(request, client, services.manageKeys()::setForeignTokens);
  }

  private <Q, R> CompletableFuture<R> blocking(
      Q request, Client client, BiFunction<Q, Identity, R> call) {
    Identity identity = identity(client);
    return answer(
        client, () -> CompletableFuture.supplyAsync(() -> call.apply(request, identity), blocking));
  }

  private static Identity identity(Client client) {
    return new Identity(
        Caller.SERVER, client.address(), !client.address().isEmpty(), client.requestId());
  }

  private static <R> CompletableFuture<R> answer(
      Client client, Supplier<CompletableFuture<R>> call) {
    CompletableFuture<R> made;
    try {
      made = call.get();
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new CoreException(Errors.reason(Refusal.OVERLOADED)));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(problem(e, client));
    }
    if (made.isDone() && !made.isCompletedExceptionally()) {
      return made;
    }
    CompletableFuture<R> answer = new CompletableFuture<>();
    CompletableFuture<R> unused =
        made.copy()
            .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (response, failure) -> {
                  if (failure == null) {
                    answer.complete(response);
                  } else {
                    answer.completeExceptionally(problem(failure, client));
                  }
                });
    return answer;
  }

  private static CoreException problem(Throwable thrown, Client client) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    failure = TokenCache.refusal(failure);
    if (failure instanceof RefusedException refused) {
      Duration retryAfter = refused.retryAfter();
      return new CoreException(
          Errors.reason(refused.refusal()), retryAfter == null ? Duration.ZERO : retryAfter);
    }
    LOG.error("Request {} met a defect", client.requestId(), failure);
    return new CoreException(ErrorReason.ERROR_REASON_INTERNAL);
  }
}
