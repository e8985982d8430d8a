package io.jeton.bridge.contract.liveget;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.Client;
import io.jeton.v1.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * GET /token/delete, /token/info, /token/setMachine and /token/renew: what is done with a code that
 * is there. Safe for use by several threads; never blocks.
 */
final class ManageCalls {
  private final WallClock clock;
  private final Answers answers;
  private final Places places;
  private final Passwords passwords;
  private final Codes codes;

  ManageCalls(WallClock clock, Answers answers, Places places, Passwords passwords, Codes codes) {
    this.clock = clock;
    this.answers = answers;
    this.places = places;
    this.passwords = passwords;
    this.codes = codes;
  }

  /** GET /token/delete. */
  CompletableFuture<AggregatedHttpResponse> delete(Query query, Client client) {
    return place(query, client)
        .thenCompose(
            place -> {
              Texts.requireLengths(query, Parameter.TOKEN);
              return delete(query, place, client);
            });
  }

  /** GET /token/info. */
  CompletableFuture<AggregatedHttpResponse> info(Query query, Client client) {
    return place(query, client)
        .thenCompose(
            place -> {
              Texts.requireLengths(query, Parameter.TOKEN);
              return found(query, place, client)
                  .thenApply(token -> info(query, place, token.getMachine(), token));
            });
  }

  /** GET /token/setMachine. */
  CompletableFuture<AggregatedHttpResponse> setMachine(Query query, Client client) {
    String machine = query.value(Parameter.MACHINE).orElse("");
    return place(query, client)
        .thenCompose(
            place -> {
              requireMachine(query);
              return found(query, place, client)
                  .thenCompose(
                      token ->
                          codes
                              .rebind(token, machine, client)
                              .thenApply(bound -> info(query, place, bound.getMachine(), token)));
            });
  }

  /** GET /token/renew. */
  CompletableFuture<AggregatedHttpResponse> renew(Query query, Client client) {
    query.require(Parameter.TOKEN, Parameter.FUNCTION, Parameter.PASSWORD, Parameter.TIME);
    return place(query, client)
        .thenCompose(
            place -> {
              long seconds = requireSeconds(query);
              return found(query, place, client)
                  .thenCompose(
                      token ->
                          codes
                              .extend(token, seconds, client)
                              .thenApply(extended -> withLastUse(extended, token)))
                  .thenApply(token -> info(query, place, token.getMachine(), token));
            });
  }

  /** What the code is for, once the password is right. */
  private CompletableFuture<Place> place(Query query, Client client) {
    query.require(Parameter.TOKEN, Parameter.FUNCTION, Parameter.PASSWORD);
    return passwords
        .require(query.required(Parameter.PASSWORD), client)
        .thenCompose(unused -> places.named(query, client));
  }

  private CompletableFuture<Token> found(Query query, Place place, Client client) {
    return codes
        .find(query.required(Parameter.TOKEN), place, client)
        .thenApply(found -> found.orElseThrow(() -> new RefusedException(Outcome.TOKEN_NOT_FOUND)));
  }

  /** A code is looked for as it was typed first, then in the sub-module that it names. */
  private CompletableFuture<AggregatedHttpResponse> delete(
      Query query, Place place, Client client) {
    String code = query.required(Parameter.TOKEN);
    return codes
        .end(code, place, client)
        .thenCompose(
            ended -> {
              if (ended) {
                return CompletableFuture.completedFuture(answers.deleted(code, place));
              }
              Optional<Place> part =
                  Places.isOfModuleItself(query) ? place.namedBy(code) : Optional.empty();
              String rest = Place.afterDash(code);
              if (part.isEmpty() || rest.isEmpty()) {
                throw new RefusedException(Outcome.TOKEN_NOT_FOUND);
              }
              return deletePart(rest, part.get().requireActive(clock.instant()), client);
            });
  }

  private CompletableFuture<AggregatedHttpResponse> deletePart(
      String code, Place part, Client client) {
    return codes
        .end(code, part, client)
        .thenApply(
            ended -> {
              if (!ended) {
                throw new RefusedException(Outcome.TOKEN_NOT_FOUND);
              }
              return answers.deleted(code, part);
            });
  }

  /** A machine that cannot be decoded must not unbind the code. */
  private static void requireMachine(Query query) {
    Texts.requireLengths(query, Parameter.TOKEN, Parameter.MACHINE);
    if (query.isUndecodable(Parameter.MACHINE)) {
      throw new RefusedException(Outcome.PARAMETER_INVALID, List.of(Parameter.MACHINE));
    }
  }

  private static long requireSeconds(Query query) {
    List<Parameter> invalid = new ArrayList<>(0);
    if (Texts.isLong(query.required(Parameter.TOKEN))) {
      invalid.add(Parameter.TOKEN);
    }
    OptionalLong seconds = Texts.wholeNumber(query.required(Parameter.TIME));
    if (seconds.isEmpty()) {
      invalid.add(Parameter.TIME);
    }
    Texts.require(invalid);
    return seconds.getAsLong();
  }

  private AggregatedHttpResponse info(Query query, Place place, String machine, Token token) {
    return answers.info(
        query.required(Parameter.TOKEN), place.function(), place.object(), machine, token);
  }

  private static Token withLastUse(Token token, Token before) {
    return before.hasLastUseTime()
        ? token.toBuilder().setLastUseTime(before.getLastUseTime()).build()
        : token;
  }
}
