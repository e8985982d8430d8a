package io.jeton.client;

import java.util.List;
import java.util.Optional;

/**
 * A token that was made, with its secrets, which cannot be had again.
 *
 * @param token what the server knows of it
 * @param secret what its holder presents
 * @param refresh what it is refreshed with, if that is not the secret itself
 * @param companions what was made with it, as it was asked for
 */
public record IssuedToken(
    Token token, Secret secret, Optional<RefreshSecret> refresh, List<Companion> companions) {

  /** Copies the list. */
  public IssuedToken {
    companions = List.copyOf(companions);
  }
}
