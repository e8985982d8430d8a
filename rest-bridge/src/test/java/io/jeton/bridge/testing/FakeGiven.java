package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.v1.Application;
import io.jeton.v1.Module;
import io.jeton.v1.SubModule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** What a recorded case begins with, as a {@link FakeCore} takes it. */
final class FakeGiven {
  private FakeGiven() {}

  static Module module(Given.GivenModule given, Instant start) {
    Module.Builder module =
        Module.newBuilder()
            .setRealm(given.realm())
            .setName(given.name())
            .setIdentification(given.identification())
            .setDisabled(given.disabled())
            .setCreateTime(timestamp(start))
            .setUpdateTime(timestamp(start));
    given.end().ifPresent(time -> module.setExpireTime(timestamp(time)));
    given.subModules().forEach(each -> module.addSubModules(subModule(each)));
    return module.build();
  }

  /** The module as it was while its licences were made: neither disabled nor expired. */
  static Module activeModule(Given.GivenModule given, Instant start) {
    Module.Builder module = module(given, start).toBuilder().clearExpireTime().setDisabled(false);
    module.getSubModulesBuilderList().forEach(SubModule.Builder::clearExpireTime);
    return module.build();
  }

  private static SubModule subModule(Given.GivenSubModule given) {
    SubModule.Builder subModule = SubModule.newBuilder().setName(given.name());
    given.end().ifPresent(time -> subModule.setExpireTime(timestamp(time)));
    return subModule.build();
  }

  static Application application(Given.GivenApplication given, Instant start) {
    return Application.newBuilder()
        .setRealm(given.realm())
        .setAppId(given.appId())
        .setEncryptType(given.encryptType())
        .setPublicKey(given.publicKey())
        .setDisabled(given.disabled())
        .setCreateTime(timestamp(start))
        .setUpdateTime(timestamp(start))
        .build();
  }

  static String accessKey(Given.GivenApplication given) {
    return given.accessKeySecret().isEmpty()
        ? digest("access key", given).substring(0, 32)
        : given.accessKeySecret();
  }

  /** Another one for every application, as a real one is. */
  static String pushSecret(Given.GivenApplication given) {
    return digest("push secret", given);
  }

  private static String digest(String use, Given.GivenApplication given) {
    String text = use + "\0" + given.realm() + "\0" + given.appId();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
