package io.jeton.bridge.contract.animeloop;

/** The fields of a body that the contract knows; all others are ignored. */
record Fields(Field name, Field id) {
  static final Fields NONE = new Fields(Field.ABSENT, Field.ABSENT);

  private static final String NAME = "name";
  private static final String ID = "id";

  static boolean isKnown(String field) {
    return field.equals(NAME) || field.equals(ID);
  }

  Field get(String field) {
    return switch (field) {
      case NAME -> name;
      case ID -> id;
      default -> Field.ABSENT;
    };
  }

  Fields with(String field, Field value) {
    return switch (field) {
      case NAME -> new Fields(value, id);
      case ID -> new Fields(name, value);
      default -> this;
    };
  }
}
