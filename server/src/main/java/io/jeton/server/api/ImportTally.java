package io.jeton.server.api;

import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.RefusedException.FieldProblem;
import io.jeton.v1.ImportProblem;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;

/** The counts, problems and warnings of one import. Not safe for use by several threads. */
final class ImportTally {
  private static final int MOST_PROBLEMS = 100;

  private final int mostProblems;
  private final ImportResponse.Builder response = ImportResponse.newBuilder();

  /** Counts; when it is only for a check, goes on after a problem. */
  ImportTally(boolean validateOnly) {
    this.mostProblems = validateOnly ? MOST_PROBLEMS : 1;
  }

  void done(Imported outcome) {
    switch (outcome) {
      case CREATED -> response.setCreated(response.getCreated() + 1);
      case CHANGED -> response.setChanged(response.getChanged() + 1);
      case UNCHANGED -> response.setUnchanged(response.getUnchanged() + 1);
    }
  }

  void warn(ImportRequest request, String field, String message) {
    if (response.getWarningsCount() < MOST_PROBLEMS) {
      response.addWarnings(problem(request.getLine(), field, message));
    }
  }

  /** Notes what is wrong with a record; throws on what is not the record's fault. */
  void refused(long line, RefusedException e) {
    if (e.refusal() != Refusal.FIELD_INVALID
        && e.refusal() != Refusal.ACCOUNT_EXISTS
        && e.refusal() != Refusal.MODULE_EXISTS
        && e.refusal() != Refusal.REALM_NOT_FOUND) {
      throw e;
    }
    if (isStopped()) {
      return;
    }
    if (e.refusal() == Refusal.REALM_NOT_FOUND) {
      response.addProblems(problem(line, "realm", "names no realm"));
    } else {
      FieldProblem first = e.fields().get(0);
      response.addProblems(problem(line, path(e.refusal()) + first.field(), first.expected()));
    }
  }

  private static String path(Refusal refusal) {
    return switch (refusal) {
      case ACCOUNT_EXISTS -> "account.";
      case MODULE_EXISTS -> "module.";
      default -> "";
    };
  }

  boolean isStopped() {
    return response.getProblemsCount() == mostProblems;
  }

  ImportResponse response() {
    return response.build();
  }

  private static ImportProblem problem(long line, String field, String message) {
    return ImportProblem.newBuilder().setLine(line).setField(field).setMessage(message).build();
  }
}
