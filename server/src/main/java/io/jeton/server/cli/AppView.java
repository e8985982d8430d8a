package io.jeton.server.cli;

import io.jeton.client.Application;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an application is shown. */
final class AppView {
  private AppView() {}

  /** Every field under its name in the protocol. */
  static Map<String, @Nullable Object> json(Application application) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("realm", application.realm());
    fields.put("app_id", application.appId());
    fields.put("encrypt_type", application.encryptType());
    fields.put("public_key", application.publicKey());
    fields.put("disabled", application.disabled());
    fields.put("create_time", application.createTime().toString());
    fields.put("update_time", application.updateTime().toString());
    return fields;
  }

  static Fields fields(Application application) {
    Fields fields =
        new Fields()
            .put("realm", application.realm())
            .put("app_id", application.appId())
            .put("state", state(application))
            .put("encrypt_type", Integer.toString(application.encryptType()));
    if (!application.publicKey().isEmpty()) {
      fields.put("public_key", application.publicKey());
    }
    return fields
        .put("created", application.createTime().toString())
        .put("updated", application.updateTime().toString());
  }

  static String state(Application application) {
    return application.disabled() ? "disabled" : "active";
  }
}
