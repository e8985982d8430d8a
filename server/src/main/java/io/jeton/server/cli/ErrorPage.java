package io.jeton.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page {@code docs/errors.md}, as it is packed with the program. Immutable. */
final class ErrorPage {
  private static final String FILE = "errors.md";
  private static final String HEADING = "### ";
  private static final String INACTIVE = "Inactive: ";

  private final List<Section> sections;

  private ErrorPage(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /**
   * What it says of one reason.
   *
   * @param isInactive whether it is the reason of a verdict, and not of a failed call
   * @param lines without its heading, and without empty lines at either end
   */
  record Section(String reason, boolean isInactive, List<String> lines) {
    String title() {
      return isInactive ? INACTIVE + reason : reason;
    }
  }

  /** Reads it. Blocks. */
  static ErrorPage read() {
    try (InputStream in = ErrorPage.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not packed");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ErrorPage of(String text) {
    List<Section> sections = new ArrayList<>();
    String title = "";
    List<String> lines = new ArrayList<>();
    for (String line : (text + "\n## ").lines().toList()) {
      if (line.startsWith("## ") || line.startsWith(HEADING)) {
        if (!title.isEmpty()) {
          sections.add(section(title, lines));
        }
        title = line.startsWith(HEADING) ? line.substring(HEADING.length()) : "";
        lines.clear();
      } else if (!line.startsWith("```")) {
        lines.add(line);
      }
    }
    return new ErrorPage(sections);
  }

  private static Section section(String title, List<String> lines) {
    boolean isInactive = title.startsWith(INACTIVE);
    String text = String.join("\n", lines).strip();
    return new Section(
        isInactive ? title.substring(INACTIVE.length()) : title, isInactive, text.lines().toList());
  }

  List<Section> sections() {
    return sections;
  }

  /** Those about a reason; two when a call and a token can have it. */
  List<Section> about(String reason) {
    return sections.stream().filter(each -> each.reason().equals(reason)).toList();
  }
}
