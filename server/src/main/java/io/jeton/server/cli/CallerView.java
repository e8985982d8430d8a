package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.Grant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a caller is shown. */
final class CallerView {
  private CallerView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(Caller caller) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", caller.name());
    fields.put("grants", caller.grants().stream().map(CallerView::json).toList());
    fields.put("create_time", caller.createTime().toString());
    fields.put("disable_time", caller.disableTime().map(Instant::toString).orElse(null));
    return fields;
  }

  private static Map<String, Object> json(Grant grant) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("realm", grant.realm());
    fields.put("permissions", permissions(grant).toList());
    fields.put("sign_keys", grant.signKeys());
    return fields;
  }

  static Fields fields(Caller caller) {
    Fields fields = new Fields().put("name", caller.name()).put("grants", grants(caller));
    fields.put("created", caller.createTime().toString());
    caller.disableTime().ifPresent(time -> fields.put("disabled", time.toString()));
    return fields;
  }

  /** The grants as {@code --grant} takes them, separated by spaces. */
  static String grants(Caller caller) {
    return caller.grants().stream()
        .map(grant -> grant.realm() + ":" + words(grant))
        .collect(Collectors.joining(" "));
  }

  private static String words(Grant grant) {
    return Stream.concat(permissions(grant), grant.signKeys().stream().map(key -> "sign=" + key))
        .collect(Collectors.joining(","));
  }

  private static Stream<String> permissions(Grant grant) {
    return grant.permissions().stream().map(p -> p.name().toLowerCase(Locale.ROOT));
  }
}
