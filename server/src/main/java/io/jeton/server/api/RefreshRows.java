package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.SecretSeal;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Makes the rows of refresh secrets, and reads what is sealed in them. */
final class RefreshRows {
  /** The kind of such a row. */
  private static final String KIND = "refresh";

  private RefreshRows() {}

  /** The row of a secret that renews a token: about the same, until the family's end. */
  static RefreshRow of(TokenId id, Secret refresh, Token partner, Secret secret, Instant now) {
    Ties ties = partner.ties();
    Token.Attributes attributes =
        new Token.Attributes(
            KIND,
            partner.subject(),
            partner.scopes(),
            partner.appId(),
            partner.name(),
            Optional.ofNullable(ties.family()).flatMap(Ties.Family::endTime),
            ties);
    Token token =
        Token.of(
            Lookups.ofRefresh(partner.realm().name(), refresh.reveal()),
            id,
            partner.realm(),
            attributes,
            now,
            Optional.empty());
    byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
    return new RefreshRow(
        token, partner.id(), SecretSeal.seal(refresh, id, SecretSeal.Use.PARTNER, plain));
  }

  /** The secret of the token that a row's secret renews. */
  static Secret partner(TokenId id, Secret refresh, byte[] sealed) {
    byte[] plain =
        SecretSeal.open(refresh, id, SecretSeal.Use.PARTNER, sealed)
            .orElseThrow(() -> new IllegalStateException("a pair's token does not open"));
    return Secret.of(new String(plain, StandardCharsets.UTF_8));
  }
}
