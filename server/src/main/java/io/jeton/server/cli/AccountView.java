package io.jeton.server.cli;

import io.jeton.client.Account;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an account is shown. */
final class AccountView {
  private AccountView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(Account account) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", account.id());
    fields.put("realm", account.realm());
    fields.put("name", account.name().orElse(null));
    fields.put("email", account.email().orElse(null));
    fields.put("phone", account.phone().orElse(null));
    fields.put("qq", account.qq().orElse(null));
    fields.put("has_password", account.hasPassword());
    fields.put("disabled", account.disabled());
    fields.put("banned", account.banned());
    fields.put("profile", account.profile());
    fields.put("create_time", account.createTime().toString());
    fields.put("update_time", account.updateTime().toString());
    return fields;
  }

  static Fields fields(Account account) {
    Fields fields = new Fields().put("id", account.id()).put("realm", account.realm());
    account.name().ifPresent(name -> fields.put("name", name));
    account.email().ifPresent(email -> fields.put("email", email));
    account.phone().ifPresent(phone -> fields.put("phone", phone));
    account.qq().ifPresent(qq -> fields.put("qq", qq));
    fields.put("password", account.hasPassword() ? "yes" : "no");
    fields.put("state", state(account));
    if (!account.profile().equals("{}")) {
      fields.put("profile", account.profile());
    }
    return fields
        .put("created", account.createTime().toString())
        .put("updated", account.updateTime().toString());
  }

  static String state(Account account) {
    if (account.disabled()) {
      return account.banned() ? "disabled, banned" : "disabled";
    }
    return account.banned() ? "banned" : "active";
  }
}
