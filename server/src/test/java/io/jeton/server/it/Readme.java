package io.jeton.server.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shell sessions of a Markdown text: commands after {@code $ }, and what they print. */
final class Readme {
  private static final String ANYTHING = "…";
  private static final Pattern HERE_DOCUMENT = Pattern.compile(".*<<'?([A-Z]+)'?.*");

  private final List<String> shellLines;

  private Readme(List<String> shellLines) {
    this.shellLines = shellLines;
  }

  /** A command and the lines that it is said to print. */
  record Step(String command, List<String> shown) {

    /** Compares line by line; {@code …} stands for anything in a line, alone for any lines. */
    boolean isShownBy(String output) {
      String pattern =
          shown.stream()
              .map(
                  line ->
                      line.equals(ANYTHING)
                          ? "(?:.*\n)*?"
                          : Pattern.quote(line).replace(ANYTHING, "\\E.+\\Q") + "\n")
              .collect(Collectors.joining());
      return Pattern.matches(pattern, output);
    }
  }

  static Readme of(String markdown) {
    List<String> lines = new ArrayList<>();
    boolean isShell = false;
    for (String line : markdown.lines().toList()) {
      if (line.startsWith("```")) {
        isShell = line.equals("```sh");
      } else if (isShell) {
        lines.add(line);
      }
    }
    return new Readme(lines);
  }

  /** The lines that run Maven, which no test repeats: Maven runs the tests. */
  List<String> mavenLines() {
    return shellLines.stream().filter(line -> line.startsWith("mvn ")).toList();
  }

  /**
   * The commands to run, in order; a line ending in a backslash goes on in the next, and one with a
   * here-document to its end.
   */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    boolean goesOn = false;
    String end = "";
    for (String line : shellLines) {
      if (line.startsWith("mvn ")) {
        continue;
      }
      if (goesOn || line.startsWith("$ ")) {
        Step last = goesOn ? steps.remove(steps.size() - 1) : new Step("", List.of());
        String command = goesOn ? last.command() + "\n" + line : line.substring(2);
        steps.add(new Step(command, new ArrayList<>()));
        if (end.isEmpty()) {
          Matcher document = HERE_DOCUMENT.matcher(line);
          end = document.matches() ? document.group(1) : "";
          goesOn = !end.isEmpty() || line.endsWith("\\");
        } else if (line.equals(end)) {
          end = "";
          goesOn = false;
        }
      } else if (steps.isEmpty()) {
        throw new IllegalArgumentException("output before any command: " + line);
      } else {
        steps.get(steps.size() - 1).shown().add(line);
      }
    }
    return steps;
  }
}
