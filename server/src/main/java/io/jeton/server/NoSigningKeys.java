package io.jeton.server;

import io.jeton.server.api.ForeignTokenAdopter;
import io.jeton.server.api.TokenSigner;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.v1.JwtFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * PLACEHOLDER, to be replaced by the key ring's signer and adopter: refuses to sign, and takes over
 * nothing. Safe for use by several threads; never blocks.
 */
final class NoSigningKeys implements TokenSigner, ForeignTokenAdopter {
  @Override
  public Signed sign(
      Realm realm, JwtFormat format, String subject, Optional<Instant> expireTime, Caller caller) {
    throw RefusedException.ofField("jwt", "cannot be issued yet");
  }

  @Override
  public boolean isCandidate(Realm realm, String presented) {
    return false;
  }

  @Override
  public Optional<Token> adopt(Realm realm, String presented, Actor actor) {
    return Optional.empty();
  }
}
