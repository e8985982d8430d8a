package io.jeton.server.domain;

/**
 * The machine that a licence may be used on from now on. Immutable.
 *
 * @param machine compared ignoring case; empty: none, so that the next may bind it
 * @param replaces whether it takes the place of another machine, also of an expired licence
 */
public record MachineBinding(String machine, boolean replaces) {

  /** Whether the licence, as it is, needs no change. */
  public boolean isOf(Licence licence) {
    return replaces
        ? machine.equals(licence.machine())
        : !machine.isEmpty() && licence.isFor(machine);
  }

  /** The token, bound. */
  public Token of(Token token) {
    Licence licence = token.licence();
    if (licence == null) {
      throw new IllegalArgumentException("no licence");
    }
    return token.with(
        token.attributes().with(token.ties().with(new Licence(licence.module(), machine))));
  }

  /** The refusal for a token that is no licence. */
  public static RefusedException noLicence() {
    return RefusedException.ofField("machine", "must be unset for a token that is no licence");
  }
}
