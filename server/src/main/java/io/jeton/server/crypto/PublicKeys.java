package io.jeton.server.crypto;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.jeton.server.domain.SigningKey;
import java.text.ParseException;
import java.util.Comparator;
import java.util.List;

/** Public keys as a JSON Web Key Set (RFC 7517 section 5). */
public final class PublicKeys {
  private PublicKeys() {}

  /** The set of a realm that has none. */
  public static String none() {
    return json(List.of());
  }

  /** The set, the newest key first, for readers that take the first that fits. */
  static String json(List<SigningKey> keys) {
    return new JWKSet(
            keys.stream()
                .sorted(Comparator.comparingInt(SigningKey::id).reversed())
                .flatMap(key -> key.publicJwk().stream())
                .map(PublicKeys::parse)
                .toList())
        .toString();
  }

  private static JWK parse(String jwk) {
    try {
      return JWK.parse(jwk);
    } catch (ParseException e) {
      throw new IllegalStateException("a stored public key is not one", e);
    }
  }
}
