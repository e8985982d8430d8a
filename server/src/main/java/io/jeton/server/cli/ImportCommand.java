package io.jeton.server.cli;

import io.jeton.client.ImportProblem;
import io.jeton.client.ImportResult;
import io.jeton.client.JetonClient;
import io.jeton.client.records.ImportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton import}: takes over what another system has. */
@Command(
    name = "import",
    description = {
      "Take over realms, accounts and signing keys from a file: JSON Lines, one record a line.",
      "The whole file is checked before anything is written. It can be imported again: what is",
      "there already changes nothing, what is there with other values is brought to the file's."
    },
    footerHeading = "%nRecords:%n",
    footer = {
      "  {\"type\":\"realm\",\"realm\":\"shop\",\"time_zone\":\"Asia/Shanghai\"}",
      "  {\"type\":\"account\",\"realm\":\"shop\",\"id\":1,\"name\":\"Seven\",\"email\":\"seven@example.org\",",
      "   \"password_hash\":\"$2y$10$...\",\"banned\":false,\"disabled\":false,\"profile\":{}}",
      "  {\"type\":\"signing_key\",\"realm\":\"shop\",\"contract\":\"thinksns\",\"alg\":\"HS256\",\"secret\":\"env:NAME\"}",
      "  {\"type\":\"revoked_jti\",\"realm\":\"shop\",\"contract\":\"thinksns\",\"jti\":\"...\",\"until\":null}",
      "",
      "  A signing key's secret is env:NAME, file:PATH or itself; one that begins with",
      "  env: or file: can only be given by such a reference.",
      "",
      "Examples:",
      "  jeton import --dry-run legacy.jsonl",
      "  jeton import legacy.jsonl",
      "  export-accounts | jeton import -"
    })
final class ImportCommand extends ClientCommand {
  private static final String STANDARD_INPUT = "-";
  private static final long PROGRESS_PERIOD = 10_000;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "File to import; - is standard input.")
  private String file = "";

  @Option(names = "--dry-run", description = "Check the file and write nothing.")
  private boolean isDryRun;

  ImportCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    if (!file.equals(STANDARD_INPUT)) {
      return run(Path.of(file));
    }
    Path copy = LocalFiles.privateCopy(console().in());
    try {
      return run(copy);
    } finally {
      LocalFiles.discard(copy);
    }
  }

  private int run(Path path) {
    ImportFile records = ImportFile.of(path, console().env());
    ImportResult result;
    boolean isWritten = false;
    try (JetonClient client = open()) {
      result = client.imports().check(records, progress("checked"));
      if (result.isGood() && !isDryRun) {
        isWritten = true;
        result = client.imports().apply(records, progress("sent"));
      }
    } catch (IOException e) {
      throw LocalFiles.unreadable(shownFile(), e);
    }
    print(result, isWritten);
    return result.isGood() ? ExitCode.OK : ExitCode.NO;
  }

  private LongConsumer progress(String done) {
    return count -> {
      if (count > 0 && count % PROGRESS_PERIOD == 0) {
        console().err().println(done + " " + count + " records");
        console().err().flush();
      }
    };
  }

  private void print(ImportResult result, boolean isWritten) {
    result.warnings().forEach(each -> print("warning: ", each));
    result.problems().forEach(each -> print("", each));
    if (isJson()) {
      printJson(json(result, isWritten));
      return;
    }
    if (isWritten || result.isGood()) {
      printCounts(result);
    }
    if (!isWritten) {
      console().err().println("nothing was written");
    } else if (!result.isGood()) {
      console().err().println("what comes after the refused line was not written");
    }
  }

  private void printCounts(ImportResult result) {
    new Fields()
        .put("created", Long.toString(result.created()))
        .put("changed", Long.toString(result.changed()))
        .put("unchanged", Long.toString(result.unchanged()))
        .print(out());
  }

  private void print(String kind, ImportProblem problem) {
    String field = problem.field().isEmpty() ? "" : problem.field() + ": ";
    String line = shownFile() + ":" + problem.line() + ": " + kind + field + problem.message();
    console().err().println(Text.escape(line));
  }

  private String shownFile() {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  private static Map<String, Object> json(ImportResult result, boolean isWritten) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("written", isWritten);
    fields.put("created", result.created());
    fields.put("changed", result.changed());
    fields.put("unchanged", result.unchanged());
    fields.put("problems", json(result.problems()));
    fields.put("warnings", json(result.warnings()));
    return fields;
  }

  private static List<Map<String, Object>> json(List<ImportProblem> problems) {
    return problems.stream().map(ImportCommand::json).toList();
  }

  private static Map<String, Object> json(ImportProblem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("line", problem.line());
    fields.put("field", problem.field());
    fields.put("message", problem.message());
    return fields;
  }
}
