package io.jeton.client.records;

import java.util.Map;

/** What the fields of the protocol's records are called in an import file. */
public final class FieldNames {
  private static final Map<String, String> OTHERS =
      Map.of(
          "name", "realm",
          "key", "contract",
          "key.name", "contract",
          "key.algorithm", "alg",
          "issuer", "contract",
          "imported_id", "id",
          "last_use_time", "last_use");

  private FieldNames() {}

  /** The name in the file of a field that an {@code ImportProblem} names. */
  public static String inFile(String field) {
    String other = OTHERS.get(field);
    return other != null ? other : field.substring(field.indexOf('.') + 1);
  }
}
