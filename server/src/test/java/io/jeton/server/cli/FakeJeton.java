package io.jeton.server.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.Account;
import io.jeton.v1.AccountServiceGrpc.AccountServiceImplBase;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.Caller;
import io.jeton.v1.CallerServiceGrpc.CallerServiceImplBase;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateAccountResponse;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSessionResponse;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.CreateSigningKeyResponse;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.DestroySessionResponse;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.DisableCallerResponse;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.GetAccountResponse;
import io.jeton.v1.GetCallerRequest;
import io.jeton.v1.GetCallerResponse;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetSessionResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.ImportProblem;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc.ImportServiceImplBase;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.KeyServiceGrpc.KeyServiceImplBase;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.ListSigningKeysResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RetireSigningKeyResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.Session;
import io.jeton.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SigningKey;
import io.jeton.v1.Token;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;
import io.jeton.v1.UpdateCallerRequest;
import io.jeton.v1.UpdateCallerResponse;
import io.jeton.v1.UpdateSessionRequest;
import io.jeton.v1.UpdateSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server with one token and a few callers, which keeps what it was asked. It accepts {@link #KEY}
 * alone and knows the token {@link #SECRET} alone.
 */
final class FakeJeton implements AutoCloseable {
  static final String KEY = "jt_svc_fake";
  static final String SECRET = "jt_" + "0".repeat(43) + "3GV4wK";
  static final String MADE = "made-secret";
  static final String MADE_REFRESH = "made-refresh-secret";

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  final List<Object> seen = new CopyOnWriteArrayList<>();
  final HealthStatusManager health = new HealthStatusManager();
  volatile Token token =
      Token.newBuilder()
          .setId("7")
          .setRealm("default")
          .setKind("access")
          .setSubject("alice")
          .addScopes("read")
          .addScopes("write")
          .setIssueTime(Timestamp.newBuilder().setSeconds(1_700_000_000))
          .build();
  volatile int listed = 5;
  volatile Account account =
      Account.newBuilder().setId("7").setRealm("default").setName("seven").setProfile("{}").build();
  volatile long refusedLine;

  /** When set, every call about tokens is refused with this reason. */
  volatile Code refusal = Code.OK;

  volatile String refusalReason = "";
  volatile String refusalMessage = "";

  private final Map<String, Caller> callers = new TreeMap<>();
  private final Server server;

  FakeJeton() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(health.getHealthService())
              .addService(new Tokens())
              .addService(new Callers())
              .addService(new Accounts())
              .addService(new Sessions())
              .addService(new Imports())
              .addService(new Keys())
              .addService(new FakeRegistry.Modules(this::answer))
              .addService(new FakeRegistry.Applications(this::answer))
              .intercept(new Guard())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  void refuse(Code code, String reason, String message) {
    refusalReason = reason;
    refusalMessage = message;
    refusal = code;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static StatusRuntimeException status(Code code, String reason, String message) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain("jeton").setReason(reason).build()))
            .build());
  }

  private <T> void answer(Object request, T response, StreamObserver<T> to) {
    seen.add(request);
    if (refusal != Code.OK) {
      to.onError(status(refusal, refusalReason, refusalMessage));
      return;
    }
    to.onNext(response);
    to.onCompleted();
  }

  /** Answers a call, or refuses it, and keeps what was asked. */
  @FunctionalInterface
  interface Answering {
    <T> void answer(Object request, T response, StreamObserver<T> to);
  }

  /** Lets health through, everything else with the key alone. */
  private static final class Guard implements ServerInterceptor {
    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
      boolean isHealth = call.getMethodDescriptor().getServiceName().startsWith("grpc.health");
      if (!isHealth && !("Bearer " + KEY).equals(headers.get(AUTHORIZATION))) {
        var refused = status(Code.UNAUTHENTICATED, "KEY_INVALID", "the service key is not valid");
        call.close(refused.getStatus(), refused.getTrailers());
        return new ServerCall.Listener<>() {};
      }
      return Contexts.interceptCall(Context.current(), call, headers, next);
    }
  }

  private final class Tokens extends TokenServiceImplBase {
    @Override
    public void issueToken(IssueTokenRequest q, StreamObserver<IssueTokenResponse> to) {
      Token.Builder made = token.toBuilder();
      if (q.hasExpireTime()) {
        made.setExpireTime(q.getExpireTime());
      }
      var response = IssueTokenResponse.newBuilder().setToken(made).setSecret(MADE);
      if (q.getRefresh().hasPair()) {
        response.setRefreshToken(made).setRefreshSecret(MADE_REFRESH);
      }
      for (int i = 1; i <= q.getCompanionsCount(); i++) {
        response.addCompanionsBuilder().setToken(token).setSecret("companion-" + i);
      }
      answer(q, response.build(), to);
    }

    @Override
    public void refreshToken(RefreshTokenRequest q, StreamObserver<RefreshTokenResponse> to) {
      var response = RefreshTokenResponse.newBuilder();
      if (q.getToken().equals(SECRET)) {
        response
            .setRefreshed(true)
            .setToken(token)
            .setSecret(MADE)
            .setRefreshToken(token)
            .setRefreshSecret(MADE_REFRESH);
      } else {
        response.setReason(InactiveReason.INACTIVE_REASON_SPENT);
      }
      answer(q, response.build(), to);
    }

    @Override
    public void bindToken(BindTokenRequest q, StreamObserver<BindTokenResponse> to) {
      Token bound =
          token.toBuilder()
              .setSubject(q.getSubject())
              .setAccountId(q.getAccountId())
              .setModule(q.getModuleScope().getModule())
              .setMachine(q.getMachine())
              .build();
      answer(q, BindTokenResponse.newBuilder().setToken(bound).build(), to);
    }

    @Override
    public void extendToken(ExtendTokenRequest q, StreamObserver<ExtendTokenResponse> to) {
      Token extended = token.toBuilder().setExpireTime(q.getExpireTime()).build();
      answer(q, ExtendTokenResponse.newBuilder().setToken(extended).build(), to);
    }

    @Override
    public void verifyToken(VerifyTokenRequest q, StreamObserver<VerifyTokenResponse> to) {
      var response = VerifyTokenResponse.newBuilder().setServedFrom(ServedFrom.SERVED_FROM_STORE);
      if (!q.getToken().equals(SECRET)) {
        response.setReason(InactiveReason.INACTIVE_REASON_UNKNOWN);
      } else if (token.hasRevokeTime()) {
        response.setReason(InactiveReason.INACTIVE_REASON_REVOKED);
      } else {
        response.setActive(true).setToken(token).setEffectiveSubject(token.getSubject());
        if (!q.getActAsUser().isEmpty()) {
          response.setEffectiveSubject(q.getActAsUser());
        }
      }
      answer(q, response.build(), to);
    }

    @Override
    public void getToken(GetTokenRequest q, StreamObserver<GetTokenResponse> to) {
      if (!q.getToken().equals(SECRET)) {
        refuse(Code.NOT_FOUND, "TOKEN_NOT_FOUND", "the realm has no such token");
      }
      answer(q, GetTokenResponse.newBuilder().setToken(token).build(), to);
    }

    @Override
    public void listTokens(ListTokensRequest q, StreamObserver<ListTokensResponse> to) {
      int from = q.getPageToken().isEmpty() ? 0 : Integer.parseInt(q.getPageToken());
      int end = Math.min(listed, from + q.getPageSize());
      var response = ListTokensResponse.newBuilder();
      for (int i = from; i < end; i++) {
        response.addTokens(token.toBuilder().setId("" + (i + 1)));
        if (q.getReveal()) {
          response.addSecrets(i == 0 ? "" : "secret-" + (i + 1));
        }
      }
      answer(q, response.setNextPageToken(end < listed ? "" + end : "").build(), to);
    }

    @Override
    public void revokeToken(RevokeTokenRequest q, StreamObserver<RevokeTokenResponse> to) {
      token = token.toBuilder().setRevokeTime(Timestamp.newBuilder().setSeconds(1)).build();
      answer(q, RevokeTokenResponse.newBuilder().setToken(token).build(), to);
    }

    @Override
    public void revokeTokens(RevokeTokensRequest q, StreamObserver<RevokeTokensResponse> to) {
      Timestamp time = Timestamp.newBuilder().setSeconds(1).build();
      answer(q, RevokeTokensResponse.newBuilder().setRevokeTime(time).build(), to);
    }
  }

  private final class Callers extends CallerServiceImplBase {
    @Override
    public void createCaller(CreateCallerRequest q, StreamObserver<CreateCallerResponse> to) {
      Caller caller =
          Caller.newBuilder().setName(q.getName()).addAllGrants(q.getGrantsList()).build();
      callers.put(q.getName(), caller);
      answer(
          q, CreateCallerResponse.newBuilder().setCaller(caller).setKey("jt_svc_new").build(), to);
    }

    @Override
    public void getCaller(GetCallerRequest q, StreamObserver<GetCallerResponse> to) {
      answer(q, GetCallerResponse.newBuilder().setCaller(callers.get(q.getName())).build(), to);
    }

    @Override
    public void listCallers(ListCallersRequest q, StreamObserver<ListCallersResponse> to) {
      answer(q, ListCallersResponse.newBuilder().addAllCallers(callers.values()).build(), to);
    }

    @Override
    public void updateCaller(UpdateCallerRequest q, StreamObserver<UpdateCallerResponse> to) {
      Caller caller =
          Caller.newBuilder().setName(q.getName()).addAllGrants(q.getGrantsList()).build();
      callers.put(q.getName(), caller);
      answer(q, UpdateCallerResponse.newBuilder().setCaller(caller).build(), to);
    }

    @Override
    public void disableCaller(DisableCallerRequest q, StreamObserver<DisableCallerResponse> to) {
      Caller caller =
          callers.get(q.getName()).toBuilder()
              .setDisableTime(Timestamp.newBuilder().setSeconds(1))
              .build();
      callers.put(q.getName(), caller);
      answer(q, DisableCallerResponse.newBuilder().setCaller(caller).build(), to);
    }
  }

  /** One account, which takes every change. */
  private final class Accounts extends AccountServiceImplBase {
    @Override
    public void createAccount(CreateAccountRequest q, StreamObserver<CreateAccountResponse> to) {
      account =
          account.toBuilder()
              .setName(q.getName())
              .setHasPassword(q.hasPassword() || q.hasPasswordHash())
              .build();
      answer(q, CreateAccountResponse.newBuilder().setAccount(account).build(), to);
    }

    @Override
    public void getAccount(GetAccountRequest q, StreamObserver<GetAccountResponse> to) {
      answer(q, GetAccountResponse.newBuilder().setAccount(account).build(), to);
    }

    @Override
    public void listAccounts(ListAccountsRequest q, StreamObserver<ListAccountsResponse> to) {
      var response = ListAccountsResponse.newBuilder().addAccounts(account);
      response.addAccountsBuilder().setId("8").setPhone("130").setBanned(true);
      answer(q, response.build(), to);
    }

    @Override
    public void updateAccount(UpdateAccountRequest q, StreamObserver<UpdateAccountResponse> to) {
      if (q.hasDisabled()) {
        account = account.toBuilder().setDisabled(q.getDisabled()).build();
      }
      if (q.hasBanned()) {
        account = account.toBuilder().setBanned(q.getBanned()).build();
      }
      answer(q, UpdateAccountResponse.newBuilder().setAccount(account).setRevoked(2).build(), to);
    }
  }

  /** One session of the account 7, which takes every change; it can be destroyed by its sid. */
  private final class Sessions extends SessionServiceImplBase {
    private final Session session =
        Session.newBuilder()
            .setId("3")
            .setRealm("default")
            .setAccountId("7")
            .setData("{\"cart\":[1]}")
            .setCreateTime(Timestamp.newBuilder().setSeconds(1))
            .setExpireTime(Timestamp.newBuilder().setSeconds(2))
            .build();

    @Override
    public void createSession(CreateSessionRequest q, StreamObserver<CreateSessionResponse> to) {
      answer(q, CreateSessionResponse.newBuilder().setSession(session).setSid(MADE).build(), to);
    }

    @Override
    public void getSession(GetSessionRequest q, StreamObserver<GetSessionResponse> to) {
      answer(
          q, GetSessionResponse.newBuilder().setSession(session).setAccount(account).build(), to);
    }

    @Override
    public void updateSession(UpdateSessionRequest q, StreamObserver<UpdateSessionResponse> to) {
      answer(q, UpdateSessionResponse.newBuilder().setSession(session).build(), to);
    }

    @Override
    public void destroySession(DestroySessionRequest q, StreamObserver<DestroySessionResponse> to) {
      answer(q, DestroySessionResponse.newBuilder().setDestroyed(q.hasSid()).build(), to);
    }

    @Override
    public void listSessions(ListSessionsRequest q, StreamObserver<ListSessionsResponse> to) {
      Session bare = session.toBuilder().clearData().build();
      answer(
          q,
          ListSessionsResponse.newBuilder()
              .addSessions(bare)
              .addSessions(bare.toBuilder().setId("4"))
              .build(),
          to);
    }
  }

  /** Refuses records of the line {@link #refusedLine}, and takes all others. */
  private final class Imports extends ImportServiceImplBase {
    @Override
    public StreamObserver<ImportRequest> import_(StreamObserver<ImportResponse> to) {
      ImportResponse.Builder response = ImportResponse.newBuilder();
      return new StreamObserver<>() {
        @Override
        public void onNext(ImportRequest request) {
          seen.add(request);
          if (request.getLine() == refusedLine) {
            response.addProblems(
                ImportProblem.newBuilder()
                    .setLine(refusedLine)
                    .setField("account.email")
                    .setMessage("must not be another account's"));
          } else {
            response.setCreated(response.getCreated() + 1);
          }
          if (request.hasSigningKey()) {
            response.addWarnings(
                ImportProblem.newBuilder()
                    .setLine(request.getLine())
                    .setField("key.secret")
                    .setMessage("is weak"));
          }
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {
          answer("import", response.build(), to);
        }
      };
    }
  }

  private final class Keys extends KeyServiceImplBase {
    private final SigningKey key =
        SigningKey.newBuilder()
            .setId("3")
            .setRealm("default")
            .setName("web")
            .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
            .build();

    @Override
    public void createSigningKey(
        CreateSigningKeyRequest q, StreamObserver<CreateSigningKeyResponse> to) {
      answer(q, CreateSigningKeyResponse.newBuilder().setKey(key).build(), to);
    }

    @Override
    public void listSigningKeys(
        ListSigningKeysRequest q, StreamObserver<ListSigningKeysResponse> to) {
      answer(
          q,
          ListSigningKeysResponse.newBuilder()
              .addKeys(key)
              .addKeys(
                  key.toBuilder().setId("4").setRetireTime(Timestamp.newBuilder().setSeconds(1)))
              .build(),
          to);
    }

    @Override
    public void setForeignTokens(
        SetForeignTokensRequest q, StreamObserver<SetForeignTokensResponse> to) {
      answer(q, SetForeignTokensResponse.getDefaultInstance(), to);
    }

    @Override
    public void retireSigningKey(
        RetireSigningKeyRequest q, StreamObserver<RetireSigningKeyResponse> to) {
      SigningKey.Builder retired =
          key.toBuilder().setRetireTime(Timestamp.newBuilder().setSeconds(1));
      answer(q, RetireSigningKeyResponse.newBuilder().setKey(retired).setRevoked(5).build(), to);
    }
  }
}
