package io.jeton.server.demo;

import io.jeton.server.api.Identity;
import io.jeton.server.api.Services;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SubModule;

/**
 * The module that the codes of liveget's document are for, and the application that lanying's
 * clients name. Immutable, safe for use by several threads. Blocks.
 */
final class DemoRegistry {
  private static final String MODULE = "模块名称";
  private static final String SUB_MODULE = "子模块名称";

  private final Services services;
  private final Identity server;

  DemoRegistry(Services services, Identity server) {
    this.services = services;
    this.server = server;
  }

  /** Adds what is not there, and ends the document's codes, so that they can be created again. */
  void load() {
    orKept(
        Refusal.MODULE_EXISTS,
        () ->
            services
                .manageModules()
                .create(
                    CreateModuleRequest.newBuilder()
                        .setName(MODULE)
                        .setIdentification("身份码")
                        .addSubModules(SubModule.newBuilder().setName(SUB_MODULE))
                        .build(),
                    server));
    orKept(
        Refusal.APPLICATION_EXISTS,
        () ->
            services
                .manageApplications()
                .create(
                    CreateApplicationRequest.newBuilder().setAppId("welovemaxim").build(), server));
    endCode("");
    endCode(SUB_MODULE);
  }

  private void endCode(String subModule) {
    orKept(
        Refusal.TOKEN_NOT_FOUND,
        () ->
            services
                .manageTokens()
                .revoke(
                    RevokeTokenRequest.newBuilder()
                        .setToken("授权码")
                        .setModuleScope(
                            ModuleScope.newBuilder()
                                .setModule(MODULE)
                                .setSubModule(subModule)
                                .setIssuer("liveget"))
                        .build(),
                    server));
  }

  private static void orKept(Refusal refusal, Runnable change) {
    try {
      change.run();
    } catch (RefusedException e) {
      if (e.refusal() != refusal) {
        throw e;
      }
    }
  }
}
