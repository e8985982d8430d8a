package io.jeton.bridge.contract.animeloop;

import io.jeton.v1.Token;
import java.util.Optional;

/**
 * A token of the caller.
 *
 * @param number what the contract calls it: the id that an original server gave it, if one did
 * @param id what the core calls it
 * @param name the label that its owner gave it, if any
 * @param secret its value; empty when it was not asked for or cannot be had
 */
record OwnToken(long number, String id, Optional<String> name, String secret) {
  static OwnToken of(Token token, String secret) {
    String number = token.getImportedId().isEmpty() ? token.getId() : token.getImportedId();
    return new OwnToken(
        Long.parseLong(number),
        token.getId(),
        token.hasName() ? Optional.of(token.getName()) : Optional.empty(),
        secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return id;
  }
}
