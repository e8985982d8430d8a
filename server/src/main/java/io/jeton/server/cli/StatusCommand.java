package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton status}: asks a server how it is. */
@Command(
    name = "status",
    description = {
      "Ask a server how it is; needs no key.",
      "On its own machine, or with --ops, it also says what its database, cache, threads,",
      "keys and contracts do, what should be looked after first.",
      "Exits with 0 when all is well, 1 when it serves and something should be looked after,",
      "3 when it does not serve or cannot be asked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton status --data-dir /var/lib/jeton",
      "  jeton status --json | jq .warnings",
      "  jeton status --server http://127.0.0.1:8420 --ops http://127.0.0.1:8421"
    })
final class StatusCommand extends ClientCommand {
  @Option(
      names = "--ops",
      paramLabel = "URL",
      description = "The server's port for operators. Default: as its data directory says")
  private @Nullable String ops;

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
      Duration roundTrip = Duration.ofNanos(System.nanoTime() - from);
      Optional<NodeReport> report =
          Optional.ofNullable(ops)
              .or(() -> connection().opsOfDataDir(server, console()))
              .map(NodeReport::ask);
      print(server, isServing, roundTrip, report);
      boolean isFine = report.map(NodeReport::warnings).orElse(List.of()).isEmpty();
      return !isServing ? ExitCode.UNAVAILABLE : isFine ? ExitCode.OK : ExitCode.NO;
    } catch (JetonException e) {
      throw new CliException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  /** The round trip is of a connection that was already open. */
  private void print(
      String server, boolean isServing, Duration roundTrip, Optional<NodeReport> report) {
    double millis = roundTrip.toNanos() / 1e6;
    if (isJson()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("serving", isServing);
      fields.put("server", server);
      fields.put("round_trip_ms", millis);
      report
          .map(NodeReport::json)
          .ifPresent(
              json -> {
                fields.put("state", json.get("state"));
                fields.put("warnings", json.get("warnings"));
                fields.put("sections", json.get("sections"));
              });
      printJson(fields);
      return;
    }
    out().println(isServing ? "serving" : "not serving");
    report.ifPresent(
        each -> each.warnings().forEach(w -> out().println("warning: " + Text.escape(w))));
    Fields fields =
        new Fields()
            .put("address", server)
            .put("round trip", String.format(Locale.ROOT, "%.1f ms", millis));
    report.ifPresent(each -> each.sections().forEach(fields::put));
    fields.print(out());
  }
}
