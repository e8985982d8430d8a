package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ManageModules;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateModuleResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.ListModulesRequest;
import io.jeton.v1.ListModulesResponse;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceImplBase;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.PutSubModuleResponse;
import io.jeton.v1.UpdateModuleRequest;
import io.jeton.v1.UpdateModuleResponse;
import java.util.concurrent.CompletableFuture;

/** {@code jeton.v1.ModuleService}. */
final class ModuleGrpc extends ModuleServiceImplBase {
  private final Calls calls;
  private final CallMetrics createModuleMetrics;
  private final CallMetrics getModuleMetrics;
  private final CallMetrics listModulesMetrics;
  private final CallMetrics updateModuleMetrics;
  private final CallMetrics putSubModuleMetrics;
  private final ManageModules manage;

  ModuleGrpc(Calls calls, ManageModules manage) {
    this.calls = calls;
    this.createModuleMetrics = calls.metrics(ModuleServiceGrpc.getCreateModuleMethod());
    this.getModuleMetrics = calls.metrics(ModuleServiceGrpc.getGetModuleMethod());
    this.listModulesMetrics = calls.metrics(ModuleServiceGrpc.getListModulesMethod());
    this.updateModuleMetrics = calls.metrics(ModuleServiceGrpc.getUpdateModuleMethod());
    this.putSubModuleMetrics = calls.metrics(ModuleServiceGrpc.getPutSubModuleMethod());
    this.manage = manage;
  }

  @Override
  public void createModule(
      CreateModuleRequest request, StreamObserver<CreateModuleResponse> observer) {
    calls.answerBlocking(createModuleMetrics, request, observer, manage::create);
  }

  @Override
  public void getModule(GetModuleRequest request, StreamObserver<GetModuleResponse> observer) {
    calls.answer(
        getModuleMetrics,
        observer,
        () ->
            CompletableFuture.completedFuture(
                manage.get(request, CallerInterceptor.current(ServiceRequestContext.current()))));
  }

  @Override
  public void listModules(
      ListModulesRequest request, StreamObserver<ListModulesResponse> observer) {
    calls.answerBlocking(listModulesMetrics, request, observer, manage::list);
  }

  @Override
  public void updateModule(
      UpdateModuleRequest request, StreamObserver<UpdateModuleResponse> observer) {
    calls.answerBlocking(updateModuleMetrics, request, observer, manage::update);
  }

  @Override
  public void putSubModule(
      PutSubModuleRequest request, StreamObserver<PutSubModuleResponse> observer) {
    calls.answerBlocking(putSubModuleMetrics, request, observer, manage::put);
  }
}
