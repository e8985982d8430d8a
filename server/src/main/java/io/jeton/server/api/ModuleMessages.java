package io.jeton.server.api;

import com.google.protobuf.Timestamp;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleChange;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SubModule;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.UpdateModuleRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The domain's words about modules as messages, and back. */
final class ModuleMessages {
  static final int MOST_SUB_MODULES = 1000;

  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private ModuleMessages() {}

  static io.jeton.v1.Module module(Module module, ZoneId zone) {
    io.jeton.v1.Module.Builder message =
        io.jeton.v1.Module.newBuilder()
            .setRealm(module.realm().name().value())
            .setName(module.name())
            .setIdentification(module.identification())
            .setDisabled(module.isDisabled())
            .setCreateTime(Messages.timestamp(module.createTime()))
            .setUpdateTime(Messages.timestamp(module.updateTime()))
            .setTimeZone(zone.getId());
    module.expireTime().ifPresent(time -> message.setExpireTime(Messages.timestamp(time)));
    module.subModules().forEach(each -> message.addSubModules(subModule(each)));
    return message.build();
  }

  private static io.jeton.v1.SubModule subModule(SubModule subModule) {
    io.jeton.v1.SubModule.Builder message =
        io.jeton.v1.SubModule.newBuilder().setName(subModule.name());
    subModule.expireTime().ifPresent(time -> message.setExpireTime(Messages.timestamp(time)));
    return message.build();
  }

  /**
   * The module of a message that the general check has let through.
   *
   * @param path what to put before the names of its fields
   * @throws RefusedException FIELD_INVALID
   */
  static NewModule module(CreateModuleRequest message, String path) {
    requireFoldable(path + "name", message.getName());
    List<NewSubModule> parts = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < message.getSubModulesCount(); i++) {
      String part = path + "sub_modules[" + i + "].";
      NewSubModule subModule = subModule(message.getSubModules(i), part);
      if (!keys.add(NameKeys.fold(subModule.name()))) {
        throw RefusedException.ofField(part + "name", "must not be that of another sub-module");
      }
      parts.add(subModule);
    }
    return new NewModule(
        message.getName(),
        message.getIdentification(),
        time(path + "expire_time", message.hasExpireTime(), message.getExpireTime()),
        message.hasDisabled() ? Optional.of(message.getDisabled()) : Optional.empty(),
        parts);
  }

  /** The part of a message that the general check has let through. */
  static NewSubModule subModule(io.jeton.v1.SubModule message, String path) {
    requireFoldable(path + "name", message.getName());
    if (SubModule.isItself(message.getName())) {
      throw RefusedException.ofField(
          path + "name", "must not be " + SubModule.ITSELF + ", which is the module itself");
    }
    return new NewSubModule(
        message.getName(),
        time(path + "expire_time", message.hasExpireTime(), message.getExpireTime()));
  }

  static ModuleChange change(UpdateModuleRequest message) {
    return new ModuleChange(
        message.hasIdentification() ? Optional.of(message.getIdentification()) : Optional.empty(),
        switch (message.getExpiryCase()) {
          case EXPIRE_TIME ->
              Optional.of(
                  new ModuleChange.Expiry(time("expire_time", true, message.getExpireTime())));
          case NEVER -> Optional.of(new ModuleChange.Expiry(Optional.empty()));
          case EXPIRY_NOT_SET -> Optional.empty();
        },
        message.hasDisabled() ? Optional.of(message.getDisabled()) : Optional.empty());
  }

  private static void requireFoldable(String field, String name) {
    if (!NameKeys.isFoldable(name)) {
      throw RefusedException.ofField(field, "must not be longer when it is normalized (NFKC)");
    }
  }

  /** In microseconds, as the store keeps it. */
  private static Optional<Instant> time(String field, boolean isSet, Timestamp time) {
    if (!isSet) {
      return Optional.empty();
    }
    long seconds = time.getSeconds();
    int nanos = time.getNanos();
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
      throw RefusedException.ofField(field, "must be in the years 1 to 9999");
    }
    return Optional.of(Micros.toInstant(Micros.of(Messages.instant(time))));
  }
}
