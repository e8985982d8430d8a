package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ManageApplications;
import io.jeton.v1.ApplicationServiceGrpc;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceImplBase;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateApplicationResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.ListApplicationsRequest;
import io.jeton.v1.ListApplicationsResponse;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.UpdateApplicationResponse;
import java.util.concurrent.CompletableFuture;

/** {@code jeton.v1.ApplicationService}. */
final class ApplicationGrpc extends ApplicationServiceImplBase {
  private final Calls calls;
  private final CallMetrics createApplicationMetrics;
  private final CallMetrics getApplicationMetrics;
  private final CallMetrics listApplicationsMetrics;
  private final CallMetrics updateApplicationMetrics;
  private final ManageApplications manage;

  ApplicationGrpc(Calls calls, ManageApplications manage) {
    this.calls = calls;
    this.createApplicationMetrics =
        calls.metrics(ApplicationServiceGrpc.getCreateApplicationMethod());
    this.getApplicationMetrics = calls.metrics(ApplicationServiceGrpc.getGetApplicationMethod());
    this.listApplicationsMetrics =
        calls.metrics(ApplicationServiceGrpc.getListApplicationsMethod());
    this.updateApplicationMetrics =
        calls.metrics(ApplicationServiceGrpc.getUpdateApplicationMethod());
    this.manage = manage;
  }

  @Override
  public void createApplication(
      CreateApplicationRequest request, StreamObserver<CreateApplicationResponse> observer) {
    calls.answerBlocking(createApplicationMetrics, request, observer, manage::create);
  }

  @Override
  public void getApplication(
      GetApplicationRequest request, StreamObserver<GetApplicationResponse> observer) {
    calls.answer(
        getApplicationMetrics,
        observer,
        () ->
            CompletableFuture.completedFuture(
                manage.get(request, CallerInterceptor.current(ServiceRequestContext.current()))));
  }

  @Override
  public void listApplications(
      ListApplicationsRequest request, StreamObserver<ListApplicationsResponse> observer) {
    calls.answerBlocking(listApplicationsMetrics, request, observer, manage::list);
  }

  @Override
  public void updateApplication(
      UpdateApplicationRequest request, StreamObserver<UpdateApplicationResponse> observer) {
    calls.answerBlocking(updateApplicationMetrics, request, observer, manage::update);
  }
}
