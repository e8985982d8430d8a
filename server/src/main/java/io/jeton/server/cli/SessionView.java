package io.jeton.server.cli;

import io.jeton.client.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a session is shown. */
final class SessionView {
  private SessionView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(Session session) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", session.id());
    fields.put("realm", session.realm());
    fields.put("account_id", session.accountId().isEmpty() ? null : session.accountId());
    fields.put("data", session.data().isEmpty() ? null : session.data());
    fields.put("create_time", session.createTime().toString());
    fields.put("expire_time", session.expireTime().toString());
    return fields;
  }

  static Fields fields(Session session) {
    Fields fields =
        new Fields()
            .put("id", session.id())
            .put("realm", session.realm())
            .put("account", session.accountId().isEmpty() ? "-" : session.accountId());
    if (!session.data().isEmpty() && !session.data().equals("{}")) {
      fields.put("data", session.data());
    }
    return fields
        .put("created", session.createTime().toString())
        .put("expires", session.expireTime().toString());
  }
}
