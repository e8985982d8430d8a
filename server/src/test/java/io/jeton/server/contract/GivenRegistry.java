package io.jeton.server.contract;

import com.google.protobuf.Timestamp;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.jeton.bridge.testing.Given;
import io.jeton.v1.ApplicationServiceGrpc;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceBlockingStub;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.SubModule;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.UpdateModuleRequest;
import java.time.Instant;

/** Gives a real node the modules and applications that a recorded case begins with. */
final class GivenRegistry {
  private final ModuleServiceBlockingStub modules;
  private final ApplicationServiceBlockingStub applications;

  GivenRegistry(ManagedChannel channel, ClientInterceptor bearer) {
    this.modules = ModuleServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
    this.applications = ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
  }

  /** Adds them; none is disabled or expired yet, so that it can get its tokens. */
  void add(Given given) {
    given.modules().forEach(this::add);
    given.applications().forEach(this::add);
  }

  /** Disables and expires those that are to be. */
  void disable(Given given) {
    given.modules().forEach(this::end);
    for (Given.GivenApplication each : given.applications()) {
      if (each.disabled()) {
        applications.updateApplication(
            UpdateApplicationRequest.newBuilder()
                .setRealm(each.realm())
                .setAppId(each.appId())
                .setDisabled(true)
                .build());
      }
    }
  }

  private void add(Given.GivenModule module) {
    CreateModuleRequest.Builder request =
        CreateModuleRequest.newBuilder()
            .setRealm(module.realm())
            .setName(module.name())
            .setIdentification(module.identification());
    for (Given.GivenSubModule each : module.subModules()) {
      request.addSubModules(SubModule.newBuilder().setName(each.name()));
    }
    modules.createModule(request.build());
  }

  private void end(Given.GivenModule module) {
    UpdateModuleRequest.Builder request =
        UpdateModuleRequest.newBuilder()
            .setRealm(module.realm())
            .setName(module.name())
            .setDisabled(module.disabled());
    module.end().ifPresent(time -> request.setExpireTime(timestamp(time)));
    modules.updateModule(request.build());
    for (Given.GivenSubModule each : module.subModules()) {
      each.end().ifPresent(time -> end(module, each.name(), time));
    }
  }

  private void end(Given.GivenModule module, String subModule, Instant time) {
    modules.putSubModule(
        PutSubModuleRequest.newBuilder()
            .setRealm(module.realm())
            .setModule(module.name())
            .setSubModule(SubModule.newBuilder().setName(subModule).setExpireTime(timestamp(time)))
            .build());
  }

  private void add(Given.GivenApplication application) {
    applications.createApplication(
        CreateApplicationRequest.newBuilder()
            .setRealm(application.realm())
            .setAppId(application.appId())
            .setEncryptType(application.encryptType())
            .setPublicKey(application.publicKey())
            .setAccessKeySecret(application.accessKeySecret())
            .build());
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
