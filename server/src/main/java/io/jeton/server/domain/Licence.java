package io.jeton.server.domain;

/**
 * What makes a token a licence. Immutable.
 *
 * @param machine the machine that it is bound to; empty: none yet
 */
public record Licence(LicensedModule module, String machine) {
  /** Whether it is bound to this machine, in whichever case it is written. */
  public boolean isFor(String asked) {
    return machine.equalsIgnoreCase(asked);
  }
}
