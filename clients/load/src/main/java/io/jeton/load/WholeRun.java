package io.jeton.load;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jeton.load.child.BenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jeton bench --all}: one part after the other; one that fails does not end the run. */
final class WholeRun {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Parts parts;
  private final PrintStream out;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private long judged;
  private long wrong;

  WholeRun(Parts parts, PrintStream out) {
    this.parts = parts;
    this.out = out;
  }

  /**
   * Measures, prints the table, and writes the JSON. Blocks.
   *
   * @return the program's exit code: 1 for a wrong answer or a part that failed
   */
  int run(Optional<Path> json) throws IOException {
    List<Parts.Part> all = parts.chosen();
    System.err.printf(
        ROOT, "%d parts, about %d minutes on an idle machine%n", all.size(), parts.minutes());
    long begin = System.nanoTime();
    for (int i = 0; i < all.size(); i++) {
      Parts.Part part = all.get(i);
      System.err.printf(
          ROOT,
          "%n== %d of %d: %s (after %.1f minutes)%n",
          i + 1,
          all.size(),
          part.name(),
          (System.nanoTime() - begin) / 60e9);
      run(part);
    }
    table();
    if (json.isPresent()) {
      write(json.get());
    }
    return wrong > 0 || !failures.isEmpty() ? 1 : 0;
  }

  private void run(Parts.Part part) {
    Measurement measurement = part.measurement();
    try {
      Integer unused = measurement.call();
    } catch (Exception e) {
      // Whatever it is, the other parts are worth measuring.
      String why = e instanceof BenchException || e instanceof IOException ? e.getMessage() : null;
      failures.put(part.name(), why == null ? e.toString() : why);
      System.err.println(part.name() + " failed: " + failures.get(part.name()));
    }
    Outcome outcome = measurement.outcome();
    findings.addAll(outcome.findings());
    judged += outcome.judged();
    wrong += outcome.wrong();
  }

  private void table() {
    out.println(Machine.line());
    out.println(Finding.heading());
    findings.forEach(each -> out.println(each.line()));
    failures.forEach((part, why) -> out.println("FAILED " + part + ": " + why));
    out.printf(ROOT, "wrong answers: %,d of %,d%n", wrong, judged);
  }

  private void write(Path file) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", Machine.facts());
    all.put("findings", findings);
    all.put("failures", failures);
    all.put("judged", judged);
    all.put("wrong", wrong);
    Files.writeString(file, JSON.writeValueAsString(all) + "\n");
  }
}
