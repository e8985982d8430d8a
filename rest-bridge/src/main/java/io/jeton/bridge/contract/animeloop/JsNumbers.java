package io.jeton.bridge.contract.animeloop;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as JavaScript writes them (ECMA-262, Number::toString). */
final class JsNumbers {
  private static final int MOST_DIGITS = 17;
  private static final int LONGEST_INTEGER = 21;
  private static final int MOST_ZEROS = -6;

  private JsNumbers() {}

  /** A number that JSON can hold, or an infinite one. */
  static String text(double number) {
    if (number == 0) {
      return "0";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    // Where the point is, counted from the first digit.
    int point = digits.length() - shortest.scale();
    return (number < 0 ? "-" : "") + written(digits, point);
  }

  private static String written(String digits, int point) {
    int length = digits.length();
    if (length <= point && point <= LONGEST_INTEGER) {
      return digits + "0".repeat(point - length);
    }
    if (0 < point && point <= LONGEST_INTEGER) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (MOST_ZEROS < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String mantissa = length == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }

  /** The fewest digits that stand for the number; of those the nearest to it. */
  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        break;
      }
    }
    return rounded.stripTrailingZeros();
  }
}
