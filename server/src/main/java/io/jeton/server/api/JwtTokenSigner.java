package io.jeton.server.api;

import io.jeton.server.crypto.Claims;
import io.jeton.server.crypto.OpenKey;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.JwtFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs what callers want signed, if header and claims fit the token. Blocks when a key is made at
 * its first use; safe for use by several threads.
 */
public final class JwtTokenSigner implements TokenSigner {
  private static final int MOST_BYTES = 2048;

  private final SigningKeys keys;

  public JwtTokenSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public Signed sign(
      Realm realm, JwtFormat format, String subject, Optional<Instant> expireTime, Caller caller) {
    Access.requireMaySign(caller, realm.name().value(), format.getKey());
    Algorithm algorithm =
        Messages.algorithm(format.getAlgorithm())
            .orElseThrow(() -> RefusedException.ofField("jwt.algorithm", "must be a known one"));
    requireHeader(format, algorithm);
    requirePayload(format, subject, expireTime);
    OpenKey key = keys.signing(realm, format.getKey(), algorithm, new Actor(caller.id(), "", ""));
    if (key.key().algorithm() != algorithm) {
      throw RefusedException.ofField("jwt.algorithm", "must be the key's");
    }
    return new Signed(
        key.sign(format.getHeader().toByteArray(), format.getPayload().toByteArray()),
        key.key().id());
  }

  private static void requireHeader(JwtFormat format, Algorithm algorithm) {
    if (format.getHeader().size() + format.getPayload().size() > MOST_BYTES) {
      throw RefusedException.ofField(
          "jwt.payload", "must be at most " + MOST_BYTES + " bytes together with the header");
    }
    Claims header =
        Claims.parse(format.getHeader().toByteArray())
            .orElseThrow(() -> RefusedException.ofField("jwt.header", "must be a JSON object"));
    if (!header.text("alg").equals(Optional.of(algorithm.name()))) {
      throw RefusedException.ofField("jwt.header", "must have the algorithm's name as alg");
    }
    if (header.has("crit")) {
      throw RefusedException.ofField("jwt.header", "must not have crit");
    }
  }

  private static void requirePayload(
      JwtFormat format, String subject, Optional<Instant> expireTime) {
    Claims claims =
        Claims.parse(format.getPayload().toByteArray())
            .orElseThrow(() -> RefusedException.ofField("jwt.payload", "must be a JSON object"));
    if (claims.has("exp")
        && (expireTime.isEmpty()
            || !claims
                .time("exp")
                .map(Instant::getEpochSecond)
                .equals(expireTime.map(Instant::getEpochSecond)))) {
      throw RefusedException.ofField("jwt.payload", "must have the second of its end as exp");
    }
    if (claims.has("sub") && !claims.textOrInteger("sub").equals(Optional.of(subject))) {
      throw RefusedException.ofField("jwt.payload", "must have the subject as sub");
    }
  }
}
