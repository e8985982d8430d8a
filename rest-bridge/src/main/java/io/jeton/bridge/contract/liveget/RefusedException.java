package io.jeton.bridge.contract.liveget;

import java.util.List;

/** A request that gets an answer other than the one it is for. It has no stack trace. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient List<Parameter> parameters;

  /** Takes the parameters that the answer names. */
  RefusedException(Outcome outcome, List<Parameter> parameters) {
    super(outcome.type(), null, false, false);
    this.outcome = outcome;
    this.parameters = List.copyOf(parameters);
  }

  RefusedException(Outcome outcome) {
    this(outcome, List.of());
  }

  Outcome outcome() {
    return outcome;
  }

  List<Parameter> parameters() {
    return parameters;
  }
}
