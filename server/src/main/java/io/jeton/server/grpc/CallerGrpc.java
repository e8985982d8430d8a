package io.jeton.server.grpc;

import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ManageCallers;
import io.jeton.v1.CallerServiceGrpc;
import io.jeton.v1.CallerServiceGrpc.CallerServiceImplBase;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.DisableCallerResponse;
import io.jeton.v1.GetCallerRequest;
import io.jeton.v1.GetCallerResponse;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import io.jeton.v1.UpdateCallerRequest;
import io.jeton.v1.UpdateCallerResponse;

/** {@code jeton.v1.CallerService}. */
final class CallerGrpc extends CallerServiceImplBase {
  private final Calls calls;
  private final CallMetrics createCallerMetrics;
  private final CallMetrics getCallerMetrics;
  private final CallMetrics listCallersMetrics;
  private final CallMetrics updateCallerMetrics;
  private final CallMetrics disableCallerMetrics;
  private final ManageCallers manage;

  CallerGrpc(Calls calls, ManageCallers manage) {
    this.calls = calls;
    this.createCallerMetrics = calls.metrics(CallerServiceGrpc.getCreateCallerMethod());
    this.getCallerMetrics = calls.metrics(CallerServiceGrpc.getGetCallerMethod());
    this.listCallersMetrics = calls.metrics(CallerServiceGrpc.getListCallersMethod());
    this.updateCallerMetrics = calls.metrics(CallerServiceGrpc.getUpdateCallerMethod());
    this.disableCallerMetrics = calls.metrics(CallerServiceGrpc.getDisableCallerMethod());
    this.manage = manage;
  }

  @Override
  public void createCaller(
      CreateCallerRequest request, StreamObserver<CreateCallerResponse> observer) {
    calls.answerBlocking(createCallerMetrics, request, observer, manage::create);
  }

  @Override
  public void getCaller(GetCallerRequest request, StreamObserver<GetCallerResponse> observer) {
    calls.answerBlocking(getCallerMetrics, request, observer, manage::get);
  }

  @Override
  public void listCallers(
      ListCallersRequest request, StreamObserver<ListCallersResponse> observer) {
    calls.answerBlocking(listCallersMetrics, request, observer, manage::list);
  }

  @Override
  public void updateCaller(
      UpdateCallerRequest request, StreamObserver<UpdateCallerResponse> observer) {
    calls.answerBlocking(updateCallerMetrics, request, observer, manage::update);
  }

  @Override
  public void disableCaller(
      DisableCallerRequest request, StreamObserver<DisableCallerResponse> observer) {
    calls.answerBlocking(disableCallerMetrics, request, observer, manage::disable);
  }
}
