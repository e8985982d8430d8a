package io.jeton.server.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes the documented calls of a contract, and spoils some: fields and headers are missing, are
 * there twice or have values that nobody expects, and the method is another.
 */
final class SpoiltCalls {
  private static final Map<Dialect.Carrier, String> TYPES =
      Map.of(
          Dialect.Carrier.FORM,
          "application/x-www-form-urlencoded",
          Dialect.Carrier.JSON,
          "application/json");

  private final Random random;
  private final Dialect dialect;
  private final Supplier<String> secrets;

  /** Takes where secrets come from that the server gave out. */
  SpoiltCalls(Random random, Dialect dialect, Supplier<String> secrets) {
    this.random = random;
    this.dialect = dialect;
    this.secrets = secrets;
  }

  private record Value(String name, String text) {}

  RandomRequests.Request next() {
    Dialect.Call call = pick(dialect.calls());
    String method = chance(15) ? pick(RandomRequests.METHODS) : call.method();
    List<Value> fields = values(call.fields(), dialect.fields());
    String target = call.path() + (chance(30) ? "/" : "");
    byte[] body = {};
    switch (call.carrier()) {
      case QUERY -> target = target + "?" + form(fields);
      case FORM -> body = form(fields).getBytes(StandardCharsets.UTF_8);
      case JSON -> body = json(fields).getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: plus.io\r\n");
    for (Value header : values(call.headers(), dialect.headers())) {
      head.append(RandomRequests.visible(header.name + ": " + header.text)).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Type: ").append(TYPES.get(call.carrier())).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return new RandomRequests.Request(method, target, RandomRequests.join(head, body));
  }

  private List<Value> values(List<String> names, Map<String, List<String>> likely) {
    List<Value> values = new ArrayList<>();
    for (String name : names) {
      for (int i = count(); i > 0; i--) {
        values.add(new Value(name, text(likely.getOrDefault(name, List.of()))));
      }
    }
    return values;
  }

  /** Mostly once. */
  private int count() {
    if (chance(20)) {
      return 0;
    }
    return chance(20) ? 2 + random.nextInt(2) : 1;
  }

  private String text(List<String> likely) {
    if (likely.isEmpty() || chance(12)) {
      return pick(RandomRequests.TEXTS);
    }
    return pick(likely).replace(Dialect.SECRET, secrets.get());
  }

  private String form(List<Value> fields) {
    String form =
        fields.stream()
            .map(each -> each.name + "=" + URLEncoder.encode(each.text, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return chance(20) ? form + pick(List.of("%zz", "%00", "&%zz=1", "&", "=", "%F0%9F")) : form;
  }

  private String json(List<Value> fields) {
    return fields.stream()
        .map(each -> RandomRequests.quoted(each.name) + ":" + json(each.text))
        .collect(Collectors.joining(",", "{", chance(40) ? "" : "}"));
  }

  private String json(String text) {
    if (chance(30)) {
      return pick(List.of("null", "true", "[]", "{\"a\":1}", "1.5", "1e400", "-0"));
    }
    boolean isNumber = text.matches("[1-9][0-9]*");
    return isNumber && chance(2) ? text : RandomRequests.quoted(text);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
