package io.jeton.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns. The widths are those of the first hundred rows, so that a list of any
 * length is printed as it comes; a longer cell after them pushes its row.
 */
final class Table {
  private static final int MEASURED = 100;

  private final PrintWriter out;
  private final List<List<String>> held = new ArrayList<>();
  private final int[] widths;
  private boolean isMeasured;

  Table(PrintWriter out, String... headings) {
    this.out = out;
    this.widths = new int[headings.length];
    held.add(List.of(headings));
  }

  void add(String... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (String cell : cells) {
      row.add(Text.escape(cell));
    }
    if (isMeasured) {
      print(row);
      return;
    }
    held.add(row);
    if (held.size() > MEASURED) {
      end();
    }
  }

  /** Prints what is held; a table without rows is its headings. */
  void end() {
    if (isMeasured) {
      return;
    }
    for (List<String> row : held) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    held.forEach(this::print);
    held.clear();
    isMeasured = true;
  }

  private void print(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(Math.max(0, widths[i] - Text.width(row.get(i))) + 2));
      }
    }
    out.println(line.toString().stripTrailing());
  }
}
