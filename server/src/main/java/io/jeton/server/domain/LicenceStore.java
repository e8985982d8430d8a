package io.jeton.server.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Changes what only licences have. The promises of {@link TokenWriter} hold for bindings.
 * Implementations are safe for use by several threads. Blocks.
 */
public interface LicenceStore {
  /**
   * Binds a licence to a machine: of any number of parallel bindings of an unbound one exactly one
   * is done. One that needs no change stays as it is.
   *
   * @param touched told the licence's key before the commit
   * @return the licence as it is now, or empty when the realm has no token with this id
   * @throws RefusedException FIELD_INVALID when it is no licence, TOKEN_INACTIVE when it is revoked
   *     or, unless the binding replaces another, expired, TOKEN_BOUND when it is bound to another
   *     machine
   */
  Optional<Token> bindMachine(
      Realm realm,
      TokenId id,
      MachineBinding binding,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched);

  /**
   * Notes when licences were last used, all or none; an earlier use than is noted changes nothing.
   * Neither recorded nor told to other nodes.
   */
  void noteUses(Map<TokenId, Instant> uses);
}
