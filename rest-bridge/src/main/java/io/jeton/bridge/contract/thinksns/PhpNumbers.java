package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The text that PHP makes of a number in JSON. */
final class PhpNumbers {
  /** PHP's setting {@code precision}. */
  private static final int DIGITS = 14;

  private static final MathContext PRECISION = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final int LEAST_PLAIN_EXPONENT = -4;

  private PhpNumbers() {}

  /** A whole number of up to 64 bits as it was written, every other rounded to 14 digits. */
  static String text(JsonNode number) {
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      return number.asText();
    }
    double value = number.doubleValue();
    if (Double.isInfinite(value)) {
      return value > 0 ? "INF" : "-INF";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(PRECISION).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < LEAST_PLAIN_EXPONENT || exponent >= DIGITS
        ? scientific(rounded, exponent)
        : rounded.toPlainString();
  }

  /** One digit, a point and at least one more digit, and an exponent with its sign. */
  private static String scientific(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + "."
        + fraction
        + "E"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }
}
