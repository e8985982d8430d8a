package io.jeton.server.cli;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.Application;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceImplBase;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateApplicationResponse;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateModuleResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.ListApplicationsRequest;
import io.jeton.v1.ListApplicationsResponse;
import io.jeton.v1.ListModulesRequest;
import io.jeton.v1.ListModulesResponse;
import io.jeton.v1.Module;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceImplBase;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.PutSubModuleResponse;
import io.jeton.v1.SubModule;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.UpdateApplicationResponse;
import io.jeton.v1.UpdateModuleRequest;
import io.jeton.v1.UpdateModuleResponse;

/** A {@link FakeJeton}'s one module and one application, which take every change. */
final class FakeRegistry {
  static final String ACCESS_KEY = "made-access-key";
  static final String PUSH_SECRET = "made-push-secret";

  private FakeRegistry() {}

  static final class Modules extends ModuleServiceImplBase {
    private static final Timestamp IN_2030 = Timestamp.newBuilder().setSeconds(1893456000).build();

    private final FakeJeton.Answering fake;
    private Module module =
        Module.newBuilder()
            .setRealm("default")
            .setName("demo")
            .setIdentification("ident-demo")
            .setExpireTime(IN_2030)
            .addSubModules(SubModule.newBuilder().setName("kid"))
            .build();

    Modules(FakeJeton.Answering fake) {
      this.fake = fake;
    }

    @Override
    public void createModule(CreateModuleRequest q, StreamObserver<CreateModuleResponse> to) {
      fake.answer(q, CreateModuleResponse.newBuilder().setModule(module).build(), to);
    }

    @Override
    public void getModule(GetModuleRequest q, StreamObserver<GetModuleResponse> to) {
      fake.answer(q, GetModuleResponse.newBuilder().setModule(module).build(), to);
    }

    @Override
    public void listModules(ListModulesRequest q, StreamObserver<ListModulesResponse> to) {
      boolean isFirst = q.getPageToken().isEmpty();
      Module each = isFirst ? module : module.toBuilder().setName("two").clearSubModules().build();
      fake.answer(
          q,
          ListModulesResponse.newBuilder()
              .addModules(each)
              .setNextPageToken(isFirst ? "more" : "")
              .build(),
          to);
    }

    @Override
    public void updateModule(UpdateModuleRequest q, StreamObserver<UpdateModuleResponse> to) {
      if (q.hasDisabled()) {
        module = module.toBuilder().setDisabled(q.getDisabled()).build();
      }
      if (q.hasNever()) {
        module = module.toBuilder().clearExpireTime().build();
      }
      fake.answer(q, UpdateModuleResponse.newBuilder().setModule(module).build(), to);
    }

    @Override
    public void putSubModule(PutSubModuleRequest q, StreamObserver<PutSubModuleResponse> to) {
      module = module.toBuilder().addSubModules(q.getSubModule()).build();
      fake.answer(q, PutSubModuleResponse.newBuilder().setModule(module).build(), to);
    }
  }

  static final class Applications extends ApplicationServiceImplBase {
    private final FakeJeton.Answering fake;
    private Application application =
        Application.newBuilder()
            .setRealm("default")
            .setAppId("welovemaxim")
            .setEncryptType(1)
            .setPublicKey("public")
            .build();

    Applications(FakeJeton.Answering fake) {
      this.fake = fake;
    }

    @Override
    public void createApplication(
        CreateApplicationRequest q, StreamObserver<CreateApplicationResponse> to) {
      fake.answer(
          q, CreateApplicationResponse.newBuilder().setApplication(application).build(), to);
    }

    @Override
    public void getApplication(GetApplicationRequest q, StreamObserver<GetApplicationResponse> to) {
      var response = GetApplicationResponse.newBuilder().setApplication(application);
      if (q.getReveal()) {
        response.setAccessKeySecret(ACCESS_KEY).setPushSecret(PUSH_SECRET);
      }
      fake.answer(q, response.build(), to);
    }

    @Override
    public void listApplications(
        ListApplicationsRequest q, StreamObserver<ListApplicationsResponse> to) {
      fake.answer(
          q, ListApplicationsResponse.newBuilder().addApplications(application).build(), to);
    }

    @Override
    public void updateApplication(
        UpdateApplicationRequest q, StreamObserver<UpdateApplicationResponse> to) {
      if (q.hasDisabled()) {
        application = application.toBuilder().setDisabled(q.getDisabled()).build();
      }
      fake.answer(
          q, UpdateApplicationResponse.newBuilder().setApplication(application).build(), to);
    }
  }
}
