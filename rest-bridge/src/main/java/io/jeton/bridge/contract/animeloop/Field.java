package io.jeton.bridge.contract.animeloop;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a body says of a field.
 *
 * @param text what JavaScript makes of it as a text; of an object nothing
 */
record Field(Kind kind, String text) {
  /** A field that is not there, or null. */
  static final Field ABSENT = new Field(Kind.ABSENT, "");

  /** A field that has fields itself. */
  static final Field OBJECT = new Field(Kind.OBJECT, "");

  private static final Pattern NUMBER =
      Pattern.compile(" *[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)? *");

  /** The most characters of a name. */
  private static final int LONGEST_NAME = 255;

  /** The greatest integer that a JavaScript number holds safely. */
  private static final double GREATEST_ID = 9_007_199_254_740_991d;

  /** What kind of value it is. */
  enum Kind {
    ABSENT,
    TEXT,
    NUMBER,
    BOOLEAN,
    /** Several, joined by commas. */
    LIST,
    OBJECT
  }

  static Field ofText(String text) {
    return new Field(Kind.TEXT, text);
  }

  /** This field, and the same once more with this text. */
  Field and(String next) {
    return switch (kind) {
      case ABSENT -> ofText(next);
      case OBJECT -> this;
      case TEXT, NUMBER, BOOLEAN, LIST -> new Field(Kind.LIST, text + "," + next);
    };
  }

  /**
   * The name that it gives a token, if it gives one.
   *
   * @throws FailureException when the original's database would not have taken it
   */
  Optional<String> asName() {
    boolean fits =
        kind != Kind.OBJECT
            && text.codePointCount(0, text.length()) <= LONGEST_NAME
            && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    if (!fits) {
      throw new FailureException(Failure.DATABASE);
    }
    return kind == Kind.ABSENT ? Optional.empty() : Optional.of(text);
  }

  /**
   * The id of the token that it names; none when it names none, or one that no token can have.
   *
   * @throws FailureException when it is not numeric
   */
  OptionalLong asId() {
    boolean nothing = kind == Kind.ABSENT || (kind == Kind.TEXT && text.isEmpty());
    if (nothing) {
      return OptionalLong.empty();
    }
    boolean numeric = kind == Kind.NUMBER || (kind == Kind.TEXT && NUMBER.matcher(text).matches());
    if (!numeric) {
      throw new FailureException(Failure.DATABASE);
    }
    double number = Double.parseDouble(text);
    return number == Math.rint(number) && number >= 0 && number <= GREATEST_ID
        ? OptionalLong.of((long) number)
        : OptionalLong.empty();
  }
}
