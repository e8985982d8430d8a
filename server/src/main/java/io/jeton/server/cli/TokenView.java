package io.jeton.server.cli;

import io.jeton.client.Token;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a token is shown. */
final class TokenView {
  private TokenView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(Token token) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", token.id());
    fields.put("realm", token.realm());
    fields.put("kind", token.kind());
    fields.put("subject", token.subject());
    fields.put("scopes", token.scopes());
    fields.put("app_id", token.appId().orElse(null));
    fields.put("name", token.name().orElse(null));
    fields.put("issue_time", token.issueTime().toString());
    fields.put("expire_time", token.expireTime().map(Instant::toString).orElse(null));
    fields.put("revoke_time", token.revokeTime().map(Instant::toString).orElse(null));
    fields.put("issuer", token.issuer().orElse(null));
    fields.put("account_id", token.accountId().orElse(null));
    fields.put("family_id", token.familyId().orElse(null));
    fields.put("family_end_time", token.familyEnd().map(Instant::toString).orElse(null));
    fields.put("module", token.module().orElse(null));
    fields.put("sub_module", token.subModule().orElse(null));
    fields.put("machine", token.machine().orElse(null));
    fields.put("last_use_time", token.lastUse().map(Instant::toString).orElse(null));
    fields.put("imported_id", token.importedId().orElse(null));
    return fields;
  }

  static Fields fields(Token token) {
    Fields fields = new Fields();
    fields.put("id", token.id());
    fields.put("realm", token.realm());
    fields.put("kind", token.kind());
    fields.put("subject", token.subject().isEmpty() ? "(nobody)" : token.subject());
    fields.put("scopes", token.scopes().isEmpty() ? "(none)" : String.join(" ", token.scopes()));
    token.appId().ifPresent(appId -> fields.put("app id", appId));
    token.name().ifPresent(name -> fields.put("name", name));
    fields.put("issued", token.issueTime().toString());
    fields.put("expires", expiry(token));
    token.revokeTime().ifPresent(time -> fields.put("revoked", time.toString()));
    token.issuer().ifPresent(issuer -> fields.put("issuer", issuer));
    token.accountId().ifPresent(account -> fields.put("account", account));
    token.familyEnd().ifPresent(end -> fields.put("refreshable until", end.toString()));
    token.module().ifPresent(module -> fields.put("licence for", module));
    token.subModule().ifPresent(subModule -> fields.put("sub-module", subModule));
    token.machine().ifPresent(machine -> fields.put("machine", machine));
    token.lastUse().ifPresent(time -> fields.put("last used", time.toString()));
    return fields;
  }

  static String expiry(Token token) {
    return token.expireTime().map(Instant::toString).orElse("never");
  }
}
