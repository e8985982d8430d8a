package io.jeton.server.grpc;

import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ManageSessions;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSessionResponse;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.DestroySessionResponse;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetSessionResponse;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.SessionServiceGrpc;
import io.jeton.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.UpdateSessionRequest;
import io.jeton.v1.UpdateSessionResponse;

/** {@code jeton.v1.SessionService}. */
final class SessionGrpc extends SessionServiceImplBase {
  private final Calls calls;
  private final CallMetrics createSessionMetrics;
  private final CallMetrics getSessionMetrics;
  private final CallMetrics touchSessionMetrics;
  private final CallMetrics updateSessionMetrics;
  private final CallMetrics destroySessionMetrics;
  private final CallMetrics listSessionsMetrics;
  private final ManageSessions manage;

  SessionGrpc(Calls calls, ManageSessions manage) {
    this.calls = calls;
    this.createSessionMetrics = calls.metrics(SessionServiceGrpc.getCreateSessionMethod());
    this.getSessionMetrics = calls.metrics(SessionServiceGrpc.getGetSessionMethod());
    this.touchSessionMetrics = calls.metrics(SessionServiceGrpc.getTouchSessionMethod());
    this.updateSessionMetrics = calls.metrics(SessionServiceGrpc.getUpdateSessionMethod());
    this.destroySessionMetrics = calls.metrics(SessionServiceGrpc.getDestroySessionMethod());
    this.listSessionsMetrics = calls.metrics(SessionServiceGrpc.getListSessionsMethod());
    this.manage = manage;
  }

  @Override
  public void createSession(
      CreateSessionRequest request, StreamObserver<CreateSessionResponse> observer) {
    calls.answerBlocking(createSessionMetrics, request, observer, manage::create);
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> observer) {
    calls.answerBlocking(getSessionMetrics, request, observer, manage::get);
  }

  @Override
  public void touchSession(
      TouchSessionRequest request, StreamObserver<TouchSessionResponse> observer) {
    calls.answerBlocking(touchSessionMetrics, request, observer, manage::touch);
  }

  @Override
  public void updateSession(
      UpdateSessionRequest request, StreamObserver<UpdateSessionResponse> observer) {
    calls.answerBlocking(updateSessionMetrics, request, observer, manage::update);
  }

  @Override
  public void destroySession(
      DestroySessionRequest request, StreamObserver<DestroySessionResponse> observer) {
    calls.answerBlocking(destroySessionMetrics, request, observer, manage::destroy);
  }

  @Override
  public void listSessions(
      ListSessionsRequest request, StreamObserver<ListSessionsResponse> observer) {
    calls.answerBlocking(listSessionsMetrics, request, observer, manage::list);
  }
}
