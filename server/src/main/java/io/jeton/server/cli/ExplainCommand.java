package io.jeton.server.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jeton explain}: says what the reason of an error means, without asking a server. */
@Command(
    name = "explain",
    description = {
      "Say what the reason of an error means and what to do about it.",
      "Without REASON it lists them all. Needs no server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton explain STORE_UNAVAILABLE",
      "  jeton explain missing_scope              # of an inactive token"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String PREFIXES = "^(ERROR|INACTIVE)_REASON_";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REASON",
      description = "The reason, as an error or a verdict shows it.")
  private @Nullable String reason;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ErrorPage page = ErrorPage.read();
    if (reason == null) {
      Table table = new Table(console.out(), "REASON", "OF", "MEANING");
      page.sections()
          .forEach(
              each -> table.add(each.reason(), each.isInactive() ? "token" : "call", first(each)));
      table.end();
      return ExitCode.OK;
    }
    List<ErrorPage.Section> found =
        page.about(reason.toUpperCase(Locale.ROOT).replaceFirst(PREFIXES, ""));
    if (found.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "there is no such reason (jeton explain lists those that there are)");
    }
    for (int i = 0; i < found.size(); i++) {
      console.out().print(i == 0 ? "" : System.lineSeparator());
      console.out().println(found.get(i).title());
      found.get(i).lines().forEach(console.out()::println);
    }
    return ExitCode.OK;
  }

  /** The first sentence of its meaning. */
  private static String first(ErrorPage.Section section) {
    String meaning =
        section.lines().stream().filter(line -> !line.isEmpty()).findFirst().orElse("");
    int end = meaning.indexOf(". ");
    return end < 0 ? meaning : meaning.substring(0, end + 1);
  }
}
