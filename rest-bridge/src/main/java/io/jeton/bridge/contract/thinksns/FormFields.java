package io.jeton.bridge.contract.thinksns;

/** Reads {@code application/x-www-form-urlencoded} texts, which queries are too. */
final class FormFields {
  private FormFields() {}

  static Fields read(String encoded) {
    if (encoded.isEmpty()) {
      return Fields.NONE;
    }
    Fields.Builder fields = new Fields.Builder();
    int start = 0;
    while (start <= encoded.length()) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      addPair(fields, encoded.substring(start, end));
      start = end + 1;
    }
    return fields.build();
  }

  private static void addPair(Fields.Builder fields, String pair) {
    int equals = pair.indexOf('=');
    String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
    if (!name.isEmpty()) {
      fields.addNamed(name, equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true));
    }
  }
}
