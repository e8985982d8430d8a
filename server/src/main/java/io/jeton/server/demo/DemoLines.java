package io.jeton.server.demo;

import io.jeton.bridge.example.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * What is printed for whoever wants to try the contracts: a line to paste for each of their calls.
 */
public final class DemoLines {
  private DemoLines() {}

  /** The lines for a server, in the order in which they work; a comment before each says what. */
  public static List<String> of(String url, List<String> contracts) {
    List<String> lines = new ArrayList<>();
    for (String contract : contracts) {
      for (Example example : Example.of(contract)) {
        lines.add("");
        lines.add("# " + contract + ", " + example.status() + ": " + example.title());
        lines.add(example.curl(url));
      }
    }
    return lines;
  }
}
