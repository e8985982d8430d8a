package io.jeton.server.demo;

import io.jeton.server.domain.RealmName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The secrets that the contracts' examples were made with. Everybody knows them. */
public final class DemoSettings {
  private static final Map<String, Map<String, Object>> SECRETS =
      Map.of(
          "animeloop",
          Map.of("session-secrets", List.of("animeloop")),
          "liveget",
          // The SHA-256 of 验证密码, the password of the document's example.
          Map.of(
              "password-sha256",
              "6623a7e0b471555ae1d71b4b1c97608285720242940f2b6b2f670ad2ecfef24a"));

  private DemoSettings() {}

  /** Gives the instances of the default realm the secrets that their settings don't have. */
  public static List<Map<String, Object>> complete(List<Map<String, Object>> contracts) {
    return contracts.stream().map(DemoSettings::complete).toList();
  }

  private static Map<String, Object> complete(Map<String, Object> instance) {
    Map<String, Object> complete = new HashMap<>(instance);
    if (RealmName.DEFAULT
        .value()
        .equals(instance.getOrDefault("realm", RealmName.DEFAULT.value()))) {
      String contract = String.valueOf(instance.get("contract"));
      SECRETS.getOrDefault(contract, Map.of()).forEach(complete::putIfAbsent);
    }
    return complete;
  }
}
