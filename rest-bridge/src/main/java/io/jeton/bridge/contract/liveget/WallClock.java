package io.jeton.bridge.contract.liveget;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The clock on the wall of an instance: times as {@code yyyy/MM/dd-HH:mm:ss} in the realm's zone,
 * which is learned from the modules that are looked up. Safe for use by several threads; never
 * blocks.
 */
final class WallClock {
  /** The last second that can be stored, and shown. */
  static final long LAST_SECOND = 253_402_300_799L;

  /** The first one. */
  static final long FIRST_SECOND = -62_135_596_800L;

  private static final String FIRST = "0001/01/01-00:00:00";
  private static final String LAST = "9999/12/31-23:59:59";
  private static final int LAST_YEAR = 9999;
  private static final int YEAR_DIGITS = 4;

  private final InstantSource clock;
  private volatile ZoneId zone;
  private volatile @Nullable Shown shown;

  /** What the present second looks like: it is asked for by every answer. */
  private record Shown(long second, ZoneId zone, String text) {}

  /** Takes the zone that counts until the realm's is known. */
  WallClock(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** Takes over the realm's zone, by its IANA name; one that is not known here changes nothing. */
  void learn(String name) {
    if (name.equals(zone.getId()) || name.isEmpty()) {
      return;
    }
    try {
      zone = ZoneId.of(name);
    } catch (DateTimeException e) {
      return;
    }
  }

  Instant instant() {
    return clock.instant();
  }

  /** The present time. */
  String now() {
    long second = clock.instant().getEpochSecond();
    ZoneId current = zone;
    Shown last = shown;
    if (last != null && last.second == second && last.zone.equals(current)) {
      return last.text;
    }
    String text = text(second, current);
    shown = new Shown(second, current, text);
    return text;
  }

  String text(Timestamp time) {
    return text(time.getSeconds(), zone);
  }

  /** The end of what has none. */
  static String never() {
    return LAST;
  }

  private static String text(long second, ZoneId zone) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            second, 0, zone.getRules().getOffset(Instant.ofEpochSecond(second)));
    if (local.getYear() > LAST_YEAR) {
      return LAST;
    }
    if (local.getYear() < 1) {
      return FIRST;
    }
    StringBuilder text = new StringBuilder(LAST.length());
    String year = Integer.toString(local.getYear());
    text.append("0".repeat(YEAR_DIGITS - year.length())).append(year);
    append(text, '/', local.getMonthValue());
    append(text, '/', local.getDayOfMonth());
    append(text, '-', local.getHour());
    append(text, ':', local.getMinute());
    append(text, ':', local.getSecond());
    return text.toString();
  }

  private static void append(StringBuilder text, char separator, int number) {
    text.append(separator);
    if (number < 10) {
      text.append('0');
    }
    text.append(number);
  }
}
