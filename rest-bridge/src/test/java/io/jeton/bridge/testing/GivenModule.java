package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.v1.Module;
import io.jeton.v1.SubModule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A module of a recorded case, as an import record has it.
 *
 * @param expireTime when its licences end; none: never
 */
public record GivenModule(
    String realm,
    String name,
    String identification,
    String expireTime,
    boolean disabled,
    List<Part> subModules) {
  public GivenModule {
    realm = Objects.requireNonNullElse(realm, "default");
    subModules = Objects.requireNonNullElse(subModules, List.of());
  }

  /** A sub-module. */
  public record Part(String name, String expireTime) {}

  /** The module as the core has it. */
  public Module module() {
    Module.Builder module =
        Module.newBuilder()
            .setRealm(realm)
            .setName(name)
            .setIdentification(identification)
            .setDisabled(disabled);
    if (expireTime != null) {
      module.setExpireTime(timestamp(expireTime));
    }
    for (Part each : subModules) {
      SubModule.Builder part = SubModule.newBuilder().setName(each.name);
      if (each.expireTime != null) {
        part.setExpireTime(timestamp(each.expireTime));
      }
      module.addSubModules(part);
    }
    return module.build();
  }

  private static Timestamp timestamp(String text) {
    return Timestamp.newBuilder().setSeconds(Instant.parse(text).getEpochSecond()).build();
  }
}
