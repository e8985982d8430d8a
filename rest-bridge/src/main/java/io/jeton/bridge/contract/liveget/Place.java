package io.jeton.bridge.contract.liveget;

import com.google.protobuf.Timestamp;
import io.jeton.v1.Module;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.SubModule;
import java.time.Instant;
import java.util.Optional;

/** A module, or one of its sub-modules: what a code is for. */
record Place(Module module, Optional<SubModule> part) {
  private static final char DASH = '-';

  /** The module itself. */
  static Place of(Module module) {
    return new Place(module, Optional.empty());
  }

  /** The place of a sub-module's name within this one's module. */
  Optional<Place> part(String name) {
    for (SubModule each : module.getSubModulesList()) {
      if (Names.isSame(each.getName(), name)) {
        return Optional.of(new Place(module, Optional.of(each)));
      }
    }
    return Optional.empty();
  }

  /** The sub-module that a code names before its first dash. */
  Optional<Place> namedBy(String code) {
    int dash = code.indexOf(DASH);
    return dash < 0 ? Optional.empty() : part(code.substring(0, dash));
  }

  /** What follows the first dash of a code. */
  static String afterDash(String code) {
    return code.substring(code.indexOf(DASH) + 1);
  }

  static boolean hasDash(String code) {
    return code.indexOf(DASH) >= 0;
  }

  /**
   * Refuses what is for an inactive module or sub-module.
   *
   * @throws RefusedException as overdue
   */
  Place requireActive(Instant now) {
    boolean isOverdue =
        module.getDisabled()
            || isPast(module.hasExpireTime(), module.getExpireTime(), now)
            || part.map(each -> isPast(each.hasExpireTime(), each.getExpireTime(), now))
                .orElse(false);
    if (isOverdue) {
      throw new RefusedException(Outcome.MODULE_OVERDUE);
    }
    return this;
  }

  /** What answers call the module. */
  String function() {
    return module.getName();
  }

  /** What answers call the sub-module. */
  String object() {
    return part.map(SubModule::getName).orElse(Answers.MODULE_ITSELF);
  }

  /** The name of the sub-module to the core. */
  String subModule() {
    return part.map(SubModule::getName).orElse("");
  }

  /** Where codes of an instance are unique. */
  ModuleScope scope(String instance) {
    return ModuleScope.newBuilder()
        .setModule(module.getName())
        .setSubModule(subModule())
        .setIssuer(instance)
        .build();
  }

  private static boolean isPast(boolean ends, Timestamp end, Instant now) {
    return ends && !now.isBefore(Instant.ofEpochSecond(end.getSeconds(), end.getNanos()));
  }
}
