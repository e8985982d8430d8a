package io.jeton.client;

import java.util.List;

/**
 * What an import did, or would do when it was only checked.
 *
 * @param created how many records were added
 * @param changed how many were there with other values
 * @param unchanged how many were there as they are
 * @param problems the lines that were refused, at most 100; none when the import is complete
 * @param warnings lines that were taken and deserve a look, at most 100
 */
public record ImportResult(
    long created,
    long changed,
    long unchanged,
    List<ImportProblem> problems,
    List<ImportProblem> warnings) {
  public ImportResult {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Whether no line was refused. */
  public boolean isGood() {
    return problems.isEmpty();
  }
}
