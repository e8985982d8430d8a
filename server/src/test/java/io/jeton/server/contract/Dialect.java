package io.jeton.server.contract;

import java.util.List;
import java.util.Map;

/**
 * What the requests to a contract are made of.
 *
 * @param paths the documented paths, as they are
 * @param fields the parameters and fields, each with values that it may well have
 * @param headers the headers likewise
 * @param calls the documented calls
 */
record Dialect(
    List<String> paths,
    Map<String, List<String>> fields,
    Map<String, List<String>> headers,
    List<Call> calls) {
  /** Stands in a value for a secret that the server gave out. */
  static final String SECRET = "{secret}";

  /** Where a call has its fields. */
  enum Carrier {
    QUERY,
    FORM,
    JSON
  }

  /** A call as it is documented. */
  record Call(
      String method, String path, Carrier carrier, List<String> fields, List<String> headers) {}

  /** Of contracts that change a login and a password for a token. */
  static Dialect ofLogins(List<String> paths) {
    return new Dialect(paths, Map.of(), Map.of(), List.of());
  }
}
