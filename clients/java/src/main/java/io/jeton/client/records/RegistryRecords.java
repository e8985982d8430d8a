package io.jeton.client.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jeton.v1.ApplicationRecord;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.ModuleRecord;
import io.jeton.v1.SubModule;
import java.time.Instant;
import java.util.Optional;

/** Makes messages of the lines about modules and registered applications. */
final class RegistryRecords {
  private RegistryRecords() {}

  static ModuleRecord module(Members members) throws BadLineException {
    CreateModuleRequest.Builder module =
        CreateModuleRequest.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setName(members.requiredText("name"))
            .setIdentification(members.requiredText("identification"));
    members.time("expire_time").map(RegistryRecords::timestamp).ifPresent(module::setExpireTime);
    members.flag("disabled").ifPresent(module::setDisabled);
    for (Members part : members.objects("sub_modules")) {
      SubModule.Builder subModule = SubModule.newBuilder().setName(part.requiredText("name"));
      part.time("expire_time").map(RegistryRecords::timestamp).ifPresent(subModule::setExpireTime);
      part.requireNoMore();
      module.addSubModules(subModule);
    }
    return ModuleRecord.newBuilder().setModule(module).build();
  }

  static ApplicationRecord application(Members members, SecretReferences references)
      throws BadLineException {
    CreateApplicationRequest.Builder application =
        CreateApplicationRequest.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setAppId(members.requiredText("app_id"));
    members.number("encrypt_type").ifPresent(application::setEncryptType);
    members.text("public_key").ifPresent(application::setPublicKey);
    members.flag("disabled").ifPresent(application::setDisabled);
    Optional<String> accessKey = members.text("access_key_secret");
    if (accessKey.isPresent()) {
      application.setAccessKeySecret(accessKey(accessKey.get(), members, references));
    }
    return ApplicationRecord.newBuilder().setApplication(application).build();
  }

  private static String accessKey(String text, Members members, SecretReferences references)
      throws BadLineException {
    try {
      ByteString secret = references.resolve(text);
      if (!secret.isValidUtf8()) {
        throw members.problem("access_key_secret", "is not UTF-8");
      }
      return secret.toStringUtf8();
    } catch (SecretReferences.UnreadableException e) {
      throw members.problem("access_key_secret", String.valueOf(e.getMessage()));
    }
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
