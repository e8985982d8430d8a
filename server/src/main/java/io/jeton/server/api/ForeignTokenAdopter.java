package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import java.util.Optional;

/**
 * Takes over JSON Web Tokens that an original server signed. Implementations are safe for use by
 * several threads.
 */
public interface ForeignTokenAdopter {
  /**
   * Whether a text looks like a token that could be taken over: cheap, and false for all that is
   * not a JSON Web Token and for realms that take none. Never blocks.
   */
  boolean isCandidate(Realm realm, String presented);

  /**
   * Takes over a token that the store does not know: if one of the realm's keys vouches for it, a
   * row is inserted, and from then on it is a token like every other. Of parallel calls one
   * inserts, and all answer the same row. A token that is past its end and its refresh window is
   * answered without a row: whoever judges it finds that it has expired. Blocks.
   *
   * @return the token; empty when nothing vouches for it
   */
  Optional<Token> adopt(Realm realm, String presented, Actor actor);
}
