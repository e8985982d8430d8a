package io.jeton.client;

import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.Never;
import io.jeton.v1.UpdateModuleRequest;

/** Turns the protocol's messages about modules into Java's and back. */
final class ModuleMessages {
  private ModuleMessages() {}

  static Module module(io.jeton.v1.Module m) {
    return new Module(
        m.getRealm(),
        m.getName(),
        m.getIdentification(),
        Messages.instant(m.hasExpireTime(), m.getExpireTime()),
        m.getDisabled(),
        m.getSubModulesList().stream().map(ModuleMessages::subModule).toList(),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.getUpdateTime()));
  }

  private static SubModule subModule(io.jeton.v1.SubModule m) {
    return new SubModule(m.getName(), Messages.instant(m.hasExpireTime(), m.getExpireTime()));
  }

  static io.jeton.v1.SubModule message(SubModule subModule) {
    var message = io.jeton.v1.SubModule.newBuilder().setName(subModule.name());
    subModule.expireTime().map(Messages::timestamp).ifPresent(message::setExpireTime);
    return message.build();
  }

  static CreateModuleRequest request(ModuleSpec spec) {
    var request =
        CreateModuleRequest.newBuilder()
            .setRealm(spec.realm())
            .setName(spec.name())
            .setIdentification(spec.identification())
            .setDisabled(spec.disabled());
    spec.expireTime().map(Messages::timestamp).ifPresent(request::setExpireTime);
    spec.subModules().stream().map(ModuleMessages::message).forEach(request::addSubModules);
    return request.build();
  }

  static UpdateModuleRequest request(String realm, String name, ModuleChange change) {
    var request = UpdateModuleRequest.newBuilder().setRealm(realm).setName(name);
    change.identification().ifPresent(request::setIdentification);
    change.disabled().ifPresent(request::setDisabled);
    change
        .expiry()
        .ifPresent(
            expiry -> {
              if (expiry instanceof Expiry.At at) {
                request.setExpireTime(Messages.timestamp(at.expireTime()));
              } else if (expiry instanceof Expiry.Never) {
                request.setNever(Never.getDefaultInstance());
              } else {
                throw new IllegalArgumentException("a module ends at an instant or never");
              }
            });
    return request.build();
  }
}
