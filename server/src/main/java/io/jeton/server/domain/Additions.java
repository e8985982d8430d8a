package io.jeton.server.domain;

import java.util.List;
import java.util.Optional;

/**
 * What is kept with a token that is issued. Immutable.
 *
 * @param companions tokens of its family that are made with it
 * @param source what its secret can be made again from; empty: it is not shown again
 */
public record Additions(List<Token> companions, Optional<SecretSource> source) {
  public static final Additions NONE = new Additions(List.of(), Optional.empty());

  public Additions {
    companions = List.copyOf(companions);
  }

  public boolean isNone() {
    return companions.isEmpty() && source.isEmpty();
  }
}
