package io.jeton.bridge.contract.chatot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as the contract tells them: {@code 2026-11-21T18:00:00.000Z}. Written out, since every
 * answer has one.
 */
final class Milliseconds {
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LAST_YEAR = 9999;
  private static final int NANOS = 1_000_000;

  private Milliseconds() {}

  static String text(Instant time) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > LAST_YEAR) {
      return ANY_YEAR.format(time);
    }
    byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
    put(text, 3, utc.getYear());
    put(text, 6, utc.getMonthValue());
    put(text, 9, utc.getDayOfMonth());
    put(text, 12, utc.getHour());
    put(text, 15, utc.getMinute());
    put(text, 18, utc.getSecond());
    put(text, 22, utc.getNano() / NANOS);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes a number whose last digit has this place; the zeros before it are there. */
  private static void put(byte[] text, int last, int number) {
    int place = last;
    for (int rest = number; rest > 0; rest /= 10) {
      text[place--] = (byte) ('0' + rest % 10);
    }
  }
}
