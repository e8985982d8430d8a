package io.jeton.bridge.contract.animeloop;

/**
 * Reads {@code application/x-www-form-urlencoded} texts as the module "qs" of npm does: a field
 * that is there several times is a list, {@code a[]} too, and {@code a[b]} makes an object.
 */
final class FormFields {
  private static final String ELEMENT = "[]";

  private FormFields() {}

  static Fields read(String encoded) {
    Fields fields = Fields.NONE;
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      int bracket = key.indexOf('[');
      boolean nested = bracket > 0 && key.indexOf(']', bracket) > 0;
      String name = nested ? key.substring(0, bracket) : key;
      boolean plain = !nested || key.substring(bracket).equals(ELEMENT);
      fields = fields.with(name, plain ? fields.get(name).and(value) : Field.OBJECT);
    }
    return fields;
  }

  /** What is wrongly encoded stands for itself. */
  private static String decoded(String encoded) {
    String text = encoded.replace('+', ' ');
    return Percent.decode(text).orElse(text);
  }
}
