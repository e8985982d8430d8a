package io.jeton.server.storage.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell script between this process and mariadbd, so that mariadbd never outlives this
 * process, and never dies from a terminal's Ctrl-C before this process has drained.
 *
 * <p>Its input is a pipe that only this process holds the other end of: end of file means that this
 * process closed it or is gone, however it went. Then mariadbd gets TERM, and KILL after the grace
 * period. The first line of its output is mariadbd's process id, its exit status is mariadbd's.
 */
final class Guard {
  /** How long mariadbd may take to end before it is killed. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final String SCRIPT =
      """
      grace=$1 input=$2
      shift 2
      trap '' HUP INT QUIT
      exec 3<&0
      if command -v setsid >/dev/null 2>&1; then
        set -- setsid "$@"
      fi
      "$@" <"$input" >&2 3<&- &
      server=$!
      trap '' TERM
      (
        read -r _ <&3
        kill -TERM "$server" 2>/dev/null
        while [ "$grace" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
          sleep 1 3<&-
          grace=$((grace - 1))
        done
        kill -KILL "$server" 2>/dev/null
      ) >&2 &
      watcher=$!
      echo "$server"
      exec 0<&- 1>&2 3<&-
      wait "$server"
      status=$?
      kill -KILL "$watcher"
      exit "$status"
      """;

  private Guard() {}

  /** The command that runs another one under guard, its input read from a file. */
  static List<String> command(Path input, List<String> guarded) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", SCRIPT, "jeton-database-guard"));
    command.add(Long.toString(GRACE.toSeconds()));
    command.add(input.toString());
    command.addAll(guarded);
    return command;
  }
}
