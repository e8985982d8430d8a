package io.jeton.server.api;

import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import io.jeton.v1.JwtFormat;
import java.time.Instant;
import java.util.Optional;

/** Signs JSON Web Tokens. Implementations are safe for use by several threads. Blocks. */
public interface TokenSigner {
  /**
   * Signs exactly the given header and payload with the newest active key of the name, making one
   * if the realm has none of the name.
   *
   * @param subject what a claim {@code sub} must be
   * @param expireTime what a claim {@code exp} must be, to the second
   * @param caller who must be allowed to sign with the key
   * @throws io.jeton.server.domain.RefusedException PERMISSION_MISSING, FIELD_INVALID for a header
   *     or payload that does not fit, SIGNING_KEY_RETIRED
   */
  Signed sign(
      Realm realm, JwtFormat format, String subject, Optional<Instant> expireTime, Caller caller);

  /** A token in compact form, and the key that signed it. */
  record Signed(Secret secret, int signingKeyId) {}
}
