package io.jeton.server.inner;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.server.api.Errors;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.grpc.Drain;
import io.jeton.server.watch.Refusals;
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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A core whose calls are counted for the drain, and timed by call and outcome: {@code
 * jeton_bridge_core_seconds}. Safe for use by several threads; never blocks.
 */
public final class MeasuredCore implements Core {
  private static final String OK = "OK";

  private final Core core;
  private final Drain drain;
  private final MeterRegistry metrics;
  private final Refusals refusals;
  private final ConcurrentMap<Outcome, Timer> timers = new ConcurrentHashMap<>();

  /** How calls of one kind end. */
  private record Outcome(String call, String outcome) {}

  public MeasuredCore(Core core, Drain drain, MeterRegistry metrics, Refusals refusals) {
    this.core = core;
    this.drain = drain;
    this.metrics = metrics;
    this.refusals = refusals;
  }

  @Override
  public CompletableFuture<IssueTokenResponse> issueToken(
      IssueTokenRequest request, Client client) {
    return measured("IssueToken", client, () -> core.issueToken(request, client));
  }

  @Override
  public CompletableFuture<VerifyTokenResponse> verifyToken(
      VerifyTokenRequest request, Client client) {
    return measured("VerifyToken", client, () -> core.verifyToken(request, client));
  }

  @Override
  public CompletableFuture<RefreshTokenResponse> refreshToken(
      RefreshTokenRequest request, Client client) {
    return measured("RefreshToken", client, () -> core.refreshToken(request, client));
  }

  @Override
  public CompletableFuture<RevokeTokenResponse> revokeToken(
      RevokeTokenRequest request, Client client) {
    return measured("RevokeToken", client, () -> core.revokeToken(request, client));
  }

  @Override
  public CompletableFuture<BindTokenResponse> bindToken(BindTokenRequest request, Client client) {
    return measured("BindToken", client, () -> core.bindToken(request, client));
  }

  @Override
  public CompletableFuture<ExtendTokenResponse> extendToken(
      ExtendTokenRequest request, Client client) {
    return measured("ExtendToken", client, () -> core.extendToken(request, client));
  }

  @Override
  public CompletableFuture<GetTokenResponse> getToken(GetTokenRequest request, Client client) {
    return measured("GetToken", client, () -> core.getToken(request, client));
  }

  @Override
  public CompletableFuture<ListTokensResponse> listTokens(
      ListTokensRequest request, Client client) {
    return measured("ListTokens", client, () -> core.listTokens(request, client));
  }

  @Override
  public CompletableFuture<EnsureAccountResponse> ensureAccount(
      EnsureAccountRequest request, Client client) {
    return measured("EnsureAccount", client, () -> core.ensureAccount(request, client));
  }

  @Override
  public CompletableFuture<TouchSessionResponse> touchSession(
      TouchSessionRequest request, Client client) {
    return measured("TouchSession", client, () -> core.touchSession(request, client));
  }

  @Override
  public CompletableFuture<GetModuleResponse> getModule(GetModuleRequest request, Client client) {
    return measured("GetModule", client, () -> core.getModule(request, client));
  }

  @Override
  public CompletableFuture<GetApplicationResponse> getApplication(
      GetApplicationRequest request, Client client) {
    return measured("GetApplication", client, () -> core.getApplication(request, client));
  }

  @Override
  public CompletableFuture<CheckPasswordResponse> checkPassword(
      CheckPasswordRequest request, Client client) {
    return measured("CheckPassword", client, () -> core.checkPassword(request, client));
  }

  @Override
  public CompletableFuture<SetForeignTokensResponse> setForeignTokens(
      SetForeignTokensRequest request, Client client) {
    return measured("SetForeignTokens", client, () -> core.setForeignTokens(request, client));
  }

  private <R> CompletableFuture<R> measured(
      String call, Client client, Supplier<CompletableFuture<R>> made) {
    long begin = System.nanoTime();
    try {
      drain.begin();
    } catch (RefusedException e) {
      CoreException stopping = new CoreException(Errors.reason(e.refusal()));
      refusals.note(stopping.reason(), call, client.requestId());
      timer(call, stopping).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
      return CompletableFuture.failedFuture(stopping);
    }
    CompletableFuture<R> answer = made.get();
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      ended(call, null, begin);
      return answer;
    }
    return answer.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            refusals.note(reason(failure), call, client.requestId());
          }
          ended(call, failure, begin);
        });
  }

  private void ended(String call, @Nullable Throwable failure, long begin) {
    timer(call, failure).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    drain.end();
  }

  private Timer timer(String call, @Nullable Throwable failure) {
    return timers.computeIfAbsent(new Outcome(call, outcome(failure)), this::register);
  }

  private Timer register(Outcome ended) {
    return Timer.builder("jeton.bridge.core")
        .description("How long the legacy APIs waited for the core, by call and outcome")
        .tag("call", ended.call)
        .tag("outcome", ended.outcome)
        .register(metrics);
  }

  private static String outcome(@Nullable Throwable failure) {
    return failure == null ? OK : Errors.name(reason(failure));
  }

  private static ErrorReason reason(Throwable failure) {
    return failure instanceof CoreException known
        ? known.reason()
        : ErrorReason.ERROR_REASON_INTERNAL;
  }
}
