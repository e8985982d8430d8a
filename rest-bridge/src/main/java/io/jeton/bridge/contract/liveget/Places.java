package io.jeton.bridge.contract.liveget;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import java.util.concurrent.CompletableFuture;

/**
 * Finds what codes are for, and learns the realm's zone by the way. Safe for use by several
 * threads; never blocks.
 */
final class Places {
  private final LivegetSettings settings;
  private final Core core;
  private final WallClock clock;

  Places(LivegetSettings settings, Core core, WallClock clock) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
  }

  /**
   * The module or sub-module that {@code function} and {@code object} name; the future fails with a
   * {@link RefusedException} when there is none or it is overdue.
   */
  CompletableFuture<Place> named(Query query, Client client) {
    String function = query.required(Parameter.FUNCTION);
    if (Texts.isLong(function)) {
      return CompletableFuture.failedFuture(new RefusedException(Outcome.MODULE_NOT_FOUND));
    }
    String object = query.value(Parameter.OBJECT).orElse(Answers.MODULE_ITSELF);
    return find(request().setName(function), client)
        .thenApply(
            module -> {
              Place place =
                  isModuleItself(object)
                      ? module
                      : module
                          .part(object)
                          .orElseThrow(() -> new RefusedException(Outcome.MODULE_NOT_FOUND));
              return place.requireActive(clock.instant());
            });
  }

  /** The module that an identification names. */
  CompletableFuture<Place> identified(String identification, Client client) {
    return find(request().setIdentification(identification), client);
  }

  /** Whether a query is for a module itself, and for none of its sub-modules. */
  static boolean isOfModuleItself(Query query) {
    return query.value(Parameter.OBJECT).map(Places::isModuleItself).orElse(true);
  }

  private static boolean isModuleItself(String object) {
    return Names.isSame(object, Answers.MODULE_ITSELF);
  }

  private GetModuleRequest.Builder request() {
    return GetModuleRequest.newBuilder().setRealm(settings.realm());
  }

  private CompletableFuture<Place> find(GetModuleRequest.Builder request, Client client) {
    return core.getModule(request.build(), client).thenApply(this::place);
  }

  private Place place(GetModuleResponse response) {
    clock.learn(response.getModule().getTimeZone());
    return Place.of(response.getModule());
  }
}
