package io.jeton.server.api;

import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateModuleResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.ListModulesRequest;
import io.jeton.v1.ListModulesResponse;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.PutSubModuleResponse;
import io.jeton.v1.UpdateModuleRequest;
import io.jeton.v1.UpdateModuleResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code ModuleService}. Blocks, except to show a module; safe for use by several threads. */
public final class ManageModules {
  private static final int DEFAULT_PAGE = 50;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_REALM = 63;

  private final Access access;
  private final Validation validation;
  private final ModuleStore store;
  private final Modules modules;
  private final InstantSource clock;

  public ManageModules(
      Access access,
      Validation validation,
      ModuleStore store,
      Modules modules,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.modules = modules;
    this.clock = clock;
  }

  public CreateModuleResponse create(CreateModuleRequest request, Identity identity) {
    Validation.requireAtMost(
        "sub_modules", request.getSubModulesCount(), ModuleMessages.MOST_SUB_MODULES);
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    NewModule module = ModuleMessages.module(request, "");
    return CreateModuleResponse.newBuilder()
        .setModule(changed(() -> store.create(realm, module, clock.instant(), identity.actor())))
        .build();
  }

  /** Shows a module that this node holds in memory. Never blocks. */
  public GetModuleResponse get(GetModuleRequest request, @Nullable Caller caller) {
    if (!isShort(request)) {
      validation.require(request);
    }
    Realm realm = access.require(caller, request.getRealm(), Permission.VERIFY);
    Optional<GetModuleResponse> shown =
        request.hasName()
            ? modules.shownByName(realm, request.getName())
            : modules.shownByIdentification(realm, request.getIdentification());
    return shown.orElseThrow(() -> RefusedException.of(Refusal.MODULE_NOT_FOUND));
  }

  public ListModulesResponse list(ListModulesRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    String query = "modules\0" + realm.name();
    Optional<String> after = PageTokens.name(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Module> found = store.list(realm, after, size + 1);
    ListModulesResponse.Builder response = ListModulesResponse.newBuilder();
    found.stream().limit(size).map(this::message).forEach(response::addModules);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.text(NameKeys.fold(found.get(size - 1).name()), query));
    }
    return response.build();
  }

  public UpdateModuleResponse update(UpdateModuleRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    var change = ModuleMessages.change(request);
    return UpdateModuleResponse.newBuilder()
        .setModule(
            changed(
                () ->
                    store.update(
                        realm, request.getName(), change, clock.instant(), identity.actor())))
        .build();
  }

  public PutSubModuleResponse put(PutSubModuleRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    NewSubModule subModule = ModuleMessages.subModule(request.getSubModule(), "sub_module.");
    return PutSubModuleResponse.newBuilder()
        .setModule(
            changed(
                () ->
                    store.putSubModule(
                        realm, request.getModule(), subModule, clock.instant(), identity.actor())))
        .build();
  }

  /** The outcome of a change, which this node acts by from now on. */
  private io.jeton.v1.Module changed(Supplier<Module> change) {
    Module module = change.get();
    modules.refresh();
    return message(module);
  }

  private io.jeton.v1.Module message(Module module) {
    return ModuleMessages.module(module, modules.zone(module.realm()));
  }

  /** Whether a request is within its limits at a glance: the general check costs microseconds. */
  private static boolean isShort(GetModuleRequest request) {
    // A character has at most three bytes of UTF-8, or is two in Java's count.
    return 3 * request.getRealm().length() <= LONGEST_REALM
        && switch (request.getByCase()) {
          case NAME -> request.getName().length() <= LONGEST_NAME;
          case IDENTIFICATION -> request.getIdentification().length() <= LONGEST_NAME;
          case BY_NOT_SET -> false;
        };
  }
}
