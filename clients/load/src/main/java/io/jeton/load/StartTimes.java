package io.jeton.load;

import io.jeton.load.stats.Medians;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Starts of a server on one kind of data directory. */
record StartTimes(String dataDirectory, Spread ready, Spread firstAnswer, List<StartTime> starts) {
  /** Some numbers of seconds. */
  record Spread(double median, double min, double max) {
    static Spread of(List<Double> seconds) {
      return new Spread(Medians.of(seconds), Collections.min(seconds), Collections.max(seconds));
    }
  }

  static StartTimes of(String dataDirectory, List<StartTime> starts) {
    return new StartTimes(
        dataDirectory,
        Spread.of(starts.stream().map(StartTime::readySeconds).toList()),
        Spread.of(starts.stream().map(StartTime::answerSeconds).toList()),
        starts);
  }

  String table() {
    return line("ready line", ready) + line("first answer", firstAnswer);
  }

  private String line(String what, Spread spread) {
    return String.format(
        Locale.ROOT,
        "%-20s %-14s median %6.2f s  min %6.2f s  max %6.2f s%n",
        dataDirectory,
        what,
        spread.median(),
        spread.min(),
        spread.max());
  }
}
