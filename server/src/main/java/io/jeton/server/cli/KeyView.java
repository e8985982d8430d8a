package io.jeton.server.cli;

import io.jeton.client.SigningKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a signing key is shown. */
final class KeyView {
  private KeyView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(SigningKey key) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", key.id());
    fields.put("realm", key.realm());
    fields.put("name", key.name());
    fields.put("algorithm", key.algorithm().name());
    fields.put("create_time", key.createTime().toString());
    fields.put("retire_time", key.retireTime().map(Instant::toString).orElse(null));
    fields.put("revoke_time", key.revokeTime().map(Instant::toString).orElse(null));
    fields.put("jwk", key.jwk().orElse(null));
    fields.put("sign_time", key.signTime().map(Instant::toString).orElse(null));
    return fields;
  }

  static Fields fields(SigningKey key) {
    Fields fields =
        new Fields()
            .put("id", key.id())
            .put("realm", key.realm())
            .put("name", key.name())
            .put("algorithm", key.algorithm().name())
            .put("created", key.createTime().toString());
    key.signTime().ifPresent(time -> fields.put("signs from", time.toString()));
    key.retireTime().ifPresent(time -> fields.put("retired", time.toString()));
    key.revokeTime().ifPresent(time -> fields.put("revoked", time.toString()));
    key.jwk().ifPresent(jwk -> fields.put("jwk", jwk));
    return fields;
  }
}
