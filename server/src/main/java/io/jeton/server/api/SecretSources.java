package io.jeton.server.api;

import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.SignedContent;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what secrets can be made again from, and makes them again: a JSON Web Token is signed
 * again, any other secret is encrypted under the key ring, bound to the lookup of its token. Safe
 * for use by several threads; blocks when a key is not known here yet.
 */
public final class SecretSources {
  private static final Logger LOG = LoggerFactory.getLogger(SecretSources.class);

  private final Sealer sealer;
  private final SigningKeys keys;
  private final AtomicBoolean hasComplained = new AtomicBoolean();

  public SecretSources(Sealer sealer, SigningKeys keys) {
    this.sealer = sealer;
    this.keys = keys;
  }

  /** What a signed token can be made again from: of ECDSA, which never signs the same, all. */
  static SecretSource ofSigned(JwtFormat format, Lookup lookup, Secret secret, Sealer sealer) {
    return format.getAlgorithm() == SigningAlgorithm.SIGNING_ALGORITHM_ES256
        ? sealed(lookup, secret, sealer)
        : new SecretSource.Signed(
            SignedContent.of(format.getHeader().toByteArray(), format.getPayload().toByteArray()));
  }

  static SecretSource sealed(Lookup lookup, Secret secret, Sealer sealer) {
    return new SecretSource.Sealed(
        sealer.seal(secret.reveal().getBytes(StandardCharsets.UTF_8), context(lookup)));
  }

  /** A token's secret; empty when it cannot be made again, which is logged the first time. */
  Optional<Secret> again(Token token, SecretSource source) {
    Optional<Secret> secret =
        source instanceof SecretSource.Sealed sealed
            ? sealer
                .open(sealed.secret(), context(token.lookup()))
                .map(bytes -> Secret.of(new String(bytes, StandardCharsets.UTF_8)))
            : signedAgain(token, ((SecretSource.Signed) source).content());
    if (secret.isEmpty() && hasComplained.compareAndSet(false, true)) {
      LOG.error(
          "The secret of token {} cannot be made again: it was encrypted under another key ring,"
              + " or its signing key was. Others that cannot be are not logged",
          token.id());
    }
    return secret;
  }

  private Optional<Secret> signedAgain(Token token, byte[] content) {
    Realm realm = token.realm();
    int id = token.ties().signingKeyId();
    if (keys.ring().byId(realm, id).isEmpty()) {
      keys.refreshQuietly();
    }
    return keys.ring()
        .byId(realm, id)
        .filter(key -> !key.key().isRevoked())
        .flatMap(key -> key.signAgain(content));
  }

  private static byte[] context(Lookup lookup) {
    return ("revealable token " + HexFormat.of().formatHex(lookup.bytes()))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
