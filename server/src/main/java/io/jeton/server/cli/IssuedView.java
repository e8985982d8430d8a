package io.jeton.server.cli;

import io.jeton.client.IssuedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a token that was made is shown to whom it was made for: with its secrets. */
final class IssuedView {
  private IssuedView() {}

  static Map<String, @Nullable Object> json(IssuedToken issued) {
    Map<String, @Nullable Object> fields = TokenView.json(issued.token());
    fields.put("secret", issued.secret().reveal());
    issued.refresh().ifPresent(refresh -> fields.put("refresh_secret", refresh.secret().reveal()));
    return fields;
  }

  /** The token's secret, then the one that it is refreshed with if there is one. */
  static List<String> secrets(IssuedToken issued) {
    return Stream.concat(
            Stream.of(issued.secret()), issued.refresh().stream().map(refresh -> refresh.secret()))
        .map(secret -> secret.reveal())
        .toList();
  }

  static Fields fields(IssuedToken issued) {
    Fields fields =
        new Fields()
            .put("id", issued.token().id())
            .put("expires", TokenView.expiry(issued.token()));
    issued.token().familyEnd().ifPresent(end -> fields.put("refreshable until", end.toString()));
    return fields;
  }
}
