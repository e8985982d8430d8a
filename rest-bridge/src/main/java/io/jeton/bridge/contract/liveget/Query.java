package io.jeton.bridge.contract.liveget;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query. One that is absent, empty or cannot be decoded is missing; one that is
 * there more than once is its values, joined by commas. Immutable once it has been read.
 */
final class Query {
  private static final String COMMA = ",";

  private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);
  private final List<Parameter> undecodable = new ArrayList<>(0);

  private Query() {}

  /** Reads a query as it was sent, without the question mark. */
  static Query of(String sent) {
    Query query = new Query();
    int start = 0;
    while (start <= sent.length()) {
      int ampersand = sent.indexOf('&', start);
      int end = ampersand < 0 ? sent.length() : ampersand;
      query.take(sent, start, end);
      start = end + 1;
    }
    return query;
  }

  private void take(String sent, int start, int end) {
    int equals = sent.indexOf('=', start);
    int nameEnd = equals < 0 || equals > end ? end : equals;
    Optional<Parameter> known =
        Percent.decode(sent.substring(start, nameEnd)).flatMap(Parameter::of);
    if (known.isEmpty()) {
      return;
    }
    Parameter parameter = known.get();
    Optional<String> value = Percent.decode(sent.substring(Math.min(nameEnd + 1, end), end));
    if (value.isEmpty()) {
      undecodable.add(parameter);
    } else {
      values.merge(parameter, value.get(), (first, next) -> first + COMMA + next);
    }
  }

  /** The value of a parameter, unless it is missing. */
  Optional<String> value(Parameter parameter) {
    String value = values.get(parameter);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** The value of a parameter that has been required. */
  String required(Parameter parameter) {
    return value(parameter).orElseThrow();
  }

  /** Whether a value of the parameter was sent that cannot be decoded. */
  boolean isUndecodable(Parameter parameter) {
    return undecodable.contains(parameter);
  }

  /**
   * Refuses a query that lacks parameters.
   *
   * @throws RefusedException that names those which are missing, in the given order
   */
  void require(Parameter... wanted) {
    List<Parameter> missing = new ArrayList<>(0);
    for (Parameter parameter : wanted) {
      if (value(parameter).isEmpty()) {
        missing.add(parameter);
      }
    }
    if (!missing.isEmpty()) {
      throw new RefusedException(Outcome.NEED_PARAMETER, missing);
    }
  }
}
