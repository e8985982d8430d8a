package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.jeton.v1.ImportRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String REALM = "{\"type\":\"realm\",\"realm\":\"a\"}";

  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  private String file(String... lines) throws Exception {
    return Files.write(directory.resolve("f.jsonl"), List.of(lines)).toString();
  }

  private List<Boolean> passes() {
    return server.seen.stream()
        .filter(ImportRequest.class::isInstance)
        .map(each -> ((ImportRequest) each).getValidateOnly())
        .toList();
  }

  @Test
  void import_checksAndThenWrites() throws Exception {
    Run.Result result = run.jeton("import", file(REALM, REALM));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("created:   2\nchanged:   0\nunchanged: 0\n");
    assertThat(result.err()).isEmpty();
    assertThat(passes()).containsExactly(true, true, false, false);
  }

  @Test
  void dryRun_checksOnly() throws Exception {
    Run.Result result = run.jeton("import", "--dry-run", file(REALM));

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEqualTo("nothing was written\n");
    assertThat(passes()).containsExactly(true);
  }

  @Test
  void refusedLine_isToldWithItsFile_andNothingIsWritten() throws Exception {
    server.refusedLine = 2;
    String file = file(REALM, REALM, "canary");

    Run.Result result = run.jeton("import", file);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            file
                + ":2: email: must not be another account's\n"
                + file
                + ":3: is not JSON, or is nested too deeply\n"
                + "nothing was written\n");
    assertThat(result.out()).isEmpty();
    assertThat(passes()).containsExactly(true, true);
  }

  @Test
  void json_hasTheProblemsAndWarnings() throws Exception {
    server.refusedLine = 2;
    run.env.put("SECRET", "canary");
    String key =
        "{\"type\":\"signing_key\",\"contract\":\"web\",\"alg\":\"HS256\",\"secret\":\"env:SECRET\"}";

    Run.Result result = run.jeton("import", "--json", file(key, REALM));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            "{\"written\":false,\"created\":1,\"changed\":0,\"unchanged\":0,"
                + "\"problems\":[{\"line\":2,\"field\":\"email\","
                + "\"message\":\"must not be another account's\"}],"
                + "\"warnings\":[{\"line\":1,\"field\":\"secret\",\"message\":\"is weak\"}]}\n");
    assertThat(result.err()).contains(":1: warning: secret: is weak\n");
    assertThat(result.out() + result.err()).doesNotContain("canary");
    assertThat(((ImportRequest) server.seen.get(0)).getSigningKey().getKey().getSecret())
        .isEqualTo(com.google.protobuf.ByteString.copyFromUtf8("canary"));
  }

  @Test
  void standardInput_isImported_andNotLeftBehind() throws Exception {
    run.in = REALM + "\n{}\n";
    long before = temporaryFiles();

    Run.Result refused = run.jeton("import", "-");
    run.in = REALM;
    Run.Result done = run.jeton("import", "-");

    assertThat(refused.err()).startsWith("standard input:2: type: is missing\n");
    assertThat(done.exit()).isZero();
    assertThat(passes()).containsExactly(true, true, false);
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  @Test
  void longFile_showsProgress() throws Exception {
    String[] lines = new String[10_000];
    java.util.Arrays.fill(lines, REALM);

    Run.Result result = run.jeton("import", file(lines));

    assertThat(result.err()).contains("checked 10000 records\n").contains("sent 10000 records\n");
  }

  @Test
  void missingFile_isALocalProblem() {
    Run.Result result = run.jeton("import", "none.jsonl");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).isEqualTo("error: cannot read none.jsonl: no such file\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void refusal_isTold() throws Exception {
    server.refuse(Code.PERMISSION_DENIED, "PERMISSION_MISSING", "the caller lacks admin");

    Run.Result result = run.jeton("import", file(REALM));

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).isEqualTo("error: the caller lacks admin (PERMISSION_MISSING)\n");
  }

  private static long temporaryFiles() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(each -> each.getFileName().toString().matches("jeton-.*\\.jsonl"))
          .count();
    }
  }
}
