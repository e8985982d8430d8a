package io.jeton.client;

import io.grpc.Channel;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.ListModulesRequest;
import io.jeton.v1.ListModulesResponse;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceBlockingStub;
import io.jeton.v1.PutSubModuleRequest;
import java.util.stream.Stream;

/**
 * Calls about modules: to show one needs the permission {@link Permission#VERIFY}, every other call
 * {@link Permission#ADMIN} in the realm. A realm of "" is the server's default one.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Modules {
  private static final int PAGE_SIZE = 100;

  private final ModuleServiceBlockingStub stub;
  private final Calls calls;

  Modules(Channel channel, Calls calls) {
    this.stub = ModuleServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Adds a module with its parts. */
  public Module create(ModuleSpec spec) {
    var request = ModuleMessages.request(spec);
    return ModuleMessages.module(calls.call(stub, s -> s.createModule(request)).getModule());
  }

  /** Shows the module of a name. */
  public Module get(String realm, String name) {
    return get(GetModuleRequest.newBuilder().setRealm(realm).setName(name).build());
  }

  /** Shows the module that programs know by this identification. */
  public Module getByIdentification(String realm, String identification) {
    return get(
        GetModuleRequest.newBuilder().setRealm(realm).setIdentification(identification).build());
  }

  private Module get(GetModuleRequest request) {
    return ModuleMessages.module(calls.call(stub, s -> s.getModule(request)).getModule());
  }

  /**
   * Lists the modules of a realm by name, disabled ones too. Pages are fetched as the stream is
   * read, each with the client's deadline.
   */
  public Stream<Module> list(String realm) {
    return Pages.stream(
        pageToken -> {
          var request =
              ListModulesRequest.newBuilder()
                  .setRealm(realm)
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(pageToken);
          ListModulesResponse page = calls.call(stub, s -> s.listModules(request.build()));
          return new Pages.Page<>(
              page.getModulesList().stream().map(ModuleMessages::module).toList(),
              page.getNextPageToken());
        });
  }

  /** Changes a module, and answers it as it is then. */
  public Module update(String realm, String name, ModuleChange change) {
    var request = ModuleMessages.request(realm, name, change);
    return ModuleMessages.module(calls.call(stub, s -> s.updateModule(request)).getModule());
  }

  /** Adds a part of a module or changes the one of that name, and answers the module. */
  public Module put(String realm, String module, SubModule subModule) {
    var request =
        PutSubModuleRequest.newBuilder()
            .setRealm(realm)
            .setModule(module)
            .setSubModule(ModuleMessages.message(subModule))
            .build();
    return ModuleMessages.module(calls.call(stub, s -> s.putSubModule(request)).getModule());
  }
}
