package io.jeton.server.cli;

import io.jeton.client.Companion;
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
    if (!issued.companions().isEmpty()) {
      fields.put("companions", issued.companions().stream().map(IssuedView::json).toList());
    }
    return fields;
  }

  private static Map<String, @Nullable Object> json(Companion companion) {
    Map<String, @Nullable Object> fields = TokenView.json(companion.token());
    fields.put("secret", companion.secret().reveal());
    return fields;
  }

  /** The token's secret, then the one that it is refreshed with, then its companions'. */
  static List<String> secrets(IssuedToken issued) {
    return Stream.of(
            Stream.of(issued.secret()),
            issued.refresh().stream().map(refresh -> refresh.secret()),
            issued.companions().stream().map(companion -> companion.secret()))
        .flatMap(secrets -> secrets)
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
