package io.jeton.server.cli;

import io.jeton.client.FieldViolation;
import io.jeton.client.JetonException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says every failure in one line on standard error, and chooses its exit status. */
final class Errors {
  private static final Pattern SECRET = Pattern.compile("jt_[0-9A-Za-z_]+");
  private static final Pattern OPTION = Pattern.compile("--?[a-z][a-z-]{0,30}");

  private final Console console;

  Errors(Console console) {
    this.console = console;
  }

  int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(command, unmatched)
            : lowerFirst(String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""));
    print(message);
    console.err().println("see " + command.getCommandSpec().qualifiedName(" ") + " --help");
    return ExitCode.USAGE;
  }

  int failure(Exception e) {
    int exit;
    if (e instanceof JetonException refused) {
      print(refusal(refused));
      exit = isUnavailable(refused) ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
    } else if (e instanceof CliException cli) {
      print(String.valueOf(cli.getMessage()));
      exit = cli.exitCode();
    } else {
      print("a defect of this command (JETON_DEBUG=1 shows where)");
      exit = ExitCode.INTERNAL;
    }
    if (console.variable("JETON_DEBUG").isPresent()) {
      e.printStackTrace(console.err());
    }
    return exit;
  }

  private static boolean isUnavailable(JetonException e) {
    return e.code().equals("UNAVAILABLE") || e.code().equals("DEADLINE_EXCEEDED");
  }

  private static String refusal(JetonException e) {
    StringBuilder line = new StringBuilder(String.valueOf(e.getMessage()));
    for (FieldViolation violation : e.fieldViolations()) {
      if (line.indexOf(violation.description()) < 0) {
        line.append("; ").append(violation.field()).append(": ").append(violation.description());
      }
    }
    e.reason().ifPresent(reason -> line.append(" (").append(reason).append(')'));
    return line.toString();
  }

  /** Repeats an option's name, never a value: it may be a secret in the wrong place. */
  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    if (first.startsWith("-")) {
      String name = first.split("=", 2)[0];
      return OPTION.matcher(name).matches() ? "unknown option " + name : "unknown option";
    }
    if (command.getSubcommands().isEmpty()) {
      return "an argument too many";
    }
    List<String> known = List.copyOf(command.getSubcommands().keySet());
    return "unknown command (expected: " + String.join(", ", known) + ")";
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private void print(String message) {
    console.err().println("error: " + Text.escape(SECRET.matcher(message).replaceAll("jt_****")));
  }
}
