package io.jeton.bridge.contract.liveget;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * GET /token/verify. To verify a bound code is one question to the core besides the module's. Safe
 * for use by several threads; never blocks.
 */
final class VerifyCall {
  /** How often a code may have been unbound again by somebody else in the meantime. */
  private static final int MOST_BINDINGS = 3;

  private final LivegetSettings settings;
  private final Core core;
  private final WallClock clock;
  private final Answers answers;
  private final Places places;
  private final Codes codes;

  VerifyCall(
      LivegetSettings settings,
      Core core,
      WallClock clock,
      Answers answers,
      Places places,
      Codes codes) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
    this.answers = answers;
    this.places = places;
    this.codes = codes;
  }

  /** What a request presents. */
  private record Presented(String code, String machine, String identification, Client client) {}

  CompletableFuture<AggregatedHttpResponse> answer(Query query, Client client) {
    query.require(Parameter.TOKEN, Parameter.MACHINE, Parameter.IDENTIFICATION);
    Texts.requireLengths(query, Parameter.TOKEN, Parameter.MACHINE, Parameter.IDENTIFICATION);
    Presented presented =
        new Presented(
            query.required(Parameter.TOKEN),
            query.required(Parameter.MACHINE),
            query.required(Parameter.IDENTIFICATION),
            client);
    return places
        .identified(presented.identification, client)
        .thenCompose(module -> verify(presented, module))
        .thenApply(answers::of);
  }

  private CompletableFuture<Outcome> verify(Presented presented, Place module) {
    Optional<Place> part = module.namedBy(presented.code);
    if (part.isEmpty()) {
      module.requireActive(clock.instant());
      Outcome absent =
          Place.hasDash(presented.code) ? Outcome.MODULE_NOT_FOUND : Outcome.TOKEN_NOT_FOUND;
      return verify(presented, presented.code, module)
          .thenApply(outcome -> outcome == Outcome.TOKEN_NOT_FOUND ? absent : outcome);
    }
    part.get().requireActive(clock.instant());
    String rest = Place.afterDash(presented.code);
    if (rest.isEmpty()) {
      return verify(presented, presented.code, module);
    }
    return verify(presented, rest, part.get())
        .thenCompose(
            outcome ->
                outcome == Outcome.TOKEN_NOT_FOUND
                    ? verify(presented, presented.code, module)
                    : CompletableFuture.completedFuture(outcome));
  }

  /** Verifies a code in a place, and binds it if it is bound to no machine. */
  private CompletableFuture<Outcome> verify(Presented presented, String code, Place place) {
    return verify(presented, code, place, MOST_BINDINGS);
  }

  private CompletableFuture<Outcome> verify(
      Presented presented, String code, Place place, int bindings) {
    VerifyTokenRequest request =
        VerifyTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(code)
            .setModuleIdentification(presented.identification)
            .setSubModule(place.subModule())
            .setIssuer(settings.instance())
            .setMachine(presented.machine)
            .build();
    return core.verifyToken(request, presented.client)
        .thenCompose(
            verdict ->
                verdict.getReason() == InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND
                        && bindings > 0
                    ? bind(presented, code, place, bindings)
                    : CompletableFuture.completedFuture(outcome(verdict)));
  }

  /**
   * Binds a code, and verifies it again whoever has bound it: so the use is noted, and of machines
   * that come at once each is answered what it would be answered next time.
   */
  private CompletableFuture<Outcome> bind(
      Presented presented, String code, Place place, int bindings) {
    return codes
        .bind(code, place, presented.machine, presented.client)
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                isAnswered(failure)
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(failure))
        .thenCompose(unused -> verify(presented, code, place, bindings - 1));
  }

  /** Whether the code is not what it was, rather than the core not there. */
  private static boolean isAnswered(Throwable failure) {
    return Failures.reason(failure)
        .map(Failures::outcome)
        .filter(outcome -> outcome != Outcome.ERROR && outcome != Outcome.PARAMETER_INVALID)
        .isPresent();
  }

  private static Outcome outcome(VerifyTokenResponse verdict) {
    return verdict.getActive() ? Outcome.TOKEN_VERIFIED : Failures.outcome(verdict.getReason());
  }
}
