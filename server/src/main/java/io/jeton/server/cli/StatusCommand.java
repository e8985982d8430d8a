package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code jeton status}: asks a server whether it serves. */
@Command(
    name = "status",
    description = {
      "Ask a server whether it serves; needs no key.",
      "Exits with 0 when it does, 3 when it does not or cannot be asked."
    })
final class StatusCommand extends ClientCommand {
  StatusCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    String server = connection().server(console());
    try (JetonClient client = connection().openWithoutKey(console())) {
      boolean isServing = client.isServing();
      long from = System.nanoTime();
      isServing &= client.isServing();
      print(server, isServing, Duration.ofNanos(System.nanoTime() - from));
      return isServing ? ExitCode.OK : ExitCode.UNAVAILABLE;
    } catch (JetonException e) {
      throw new CliException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  /** The round trip is of a connection that was already open. */
  private void print(String server, boolean isServing, Duration roundTrip) {
    double millis = roundTrip.toNanos() / 1e6;
    if (isJson()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("serving", isServing);
      fields.put("server", server);
      fields.put("round_trip_ms", millis);
      printJson(fields);
      return;
    }
    out().println(isServing ? "serving" : "not serving");
    new Fields()
        .put("address", server)
        .put("round trip", String.format(Locale.ROOT, "%.1f ms", millis))
        .print(out());
  }
}
