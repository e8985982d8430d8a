package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JetonCliTest {
  @TempDir Path directory;

  private final Run run = new Run();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "bridge",
        "migrate",
        "backup",
        "restore",
        "status",
        "explain",
        "token",
        "token issue",
        "token verify",
        "token revoke",
        "token revoke-all",
        "token list",
        "token identify",
        "account",
        "account create",
        "account list",
        "account get",
        "account update",
        "account disable",
        "account enable",
        "account ban",
        "account unban",
        "caller",
        "caller create",
        "caller list",
        "caller get",
        "caller update",
        "caller disable"
      })
  void help_isEverywhere(String command) {
    Run.Result result = run.jeton((command + " --help").strip().split(" "));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith(("Usage: jeton " + command).strip());
    assertThat(result.err()).isEmpty();
  }

  @Test
  void help_listsEveryExitStatus() throws Exception {
    String help = run.jeton("--help").out();

    for (var field : ExitCode.class.getFields()) {
      assertThat(help).containsPattern("(?m)^  " + field.getInt(null) + " +\\S");
    }
  }

  @Test
  void version_isOneLine() {
    Run.Result result = run.jeton("--version");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("jeton ").hasLineCount(1);
  }

  @Test
  void wrongUsage_isOneLineAndAHint() {
    assertThat(run.jeton("token", "issue", "--subjct=jt_secret"))
        .isEqualTo(
            new Run.Result(
                2, "", "error: unknown option --subjct\nsee jeton token issue --help\n"));
    assertThat(run.jeton("tokn"))
        .isEqualTo(
            new Run.Result(
                2,
                "",
                """
                error: unknown command (expected: serve, bridge, migrate, backup, restore, token, account, app, \
                module, session, caller, import, key, status, explain)
                see jeton --help
                """));
    assertThat(run.jeton("token").err())
        .isEqualTo("error: missing required subcommand\nsee jeton token --help\n");
    assertThat(run.jeton("token", "issue", "--hex", "--code", "x").exit()).isEqualTo(2);
  }

  @Test
  void wrongUsage_doesNotRepeatASecret() {
    for (String[] args :
        new String[][] {
          {"token", "verify", "one", "S3CRET"},
          {"token", "verify", "-S3CRET"},
          {"token", "issue", "--cod=S3CRET"},
          {"S3CRET"},
          {"token", "issue", "--expires-in", "jt_S3CRET"}
        }) {
      Run.Result result = run.jeton(args);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).hasLineCount(2).doesNotContain("S3CRET");
    }
  }

  @Test
  void serve_passesItsOptions() {
    run.jeton(
        "serve",
        "--config",
        "c.yaml",
        "--data-dir",
        "d",
        "--host",
        "h",
        "--port",
        "0",
        "--ops-port",
        "65535",
        "--demo",
        "--import",
        "i.jsonl");
    run.jeton("serve");
    run.jeton("migrate", "--config", "c.yaml");
    run.jeton("migrate", "--repair");

    assertThat(run.started)
        .containsExactly(
            new ServeOptions(
                Optional.of(Path.of("c.yaml")),
                Optional.of(Path.of("d")),
                Optional.of("h"),
                Optional.of(0),
                Optional.of(65_535),
                true,
                Optional.of(Path.of("i.jsonl"))),
            new ServeOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty()),
            new MigrateOptions(Optional.of(Path.of("c.yaml")), Optional.empty(), false),
            new MigrateOptions(Optional.empty(), Optional.empty(), true));
  }

  @Test
  void bridge_passesItsOptions_andTheKeyOfItsFileOrOfTheEnvironment() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "jt_svc_file\n");
    run.env.put("JETON_KEY", "jt_svc_environment");
    run.jeton(
        ("bridge --core http://h:1/ --config c.yaml --host a --port 0 --ops-port 2 --key-file "
                + file)
            .split(" "));
    Path pem = Files.writeString(directory.resolve("a.pem"), "");
    run.env.put("JETON_CERT", pem.toString());
    run.env.put("JETON_CERT_KEY", pem.toString());
    run.jeton("bridge", "--core", "https://[::1]:8420", "--core-ca", pem.toString());

    assertThat(run.started)
        .containsExactly(
            new BridgeOptions(
                URI.create("http://h:1"),
                Secret.of("jt_svc_file"),
                BridgeOptions.Certificates.none(),
                Optional.of(Path.of("c.yaml")),
                Optional.of("a"),
                Optional.of(0),
                Optional.of(2)),
            new BridgeOptions(
                URI.create("https://[::1]:8420"),
                Secret.of("jt_svc_environment"),
                new BridgeOptions.Certificates(
                    Optional.of(pem), Optional.of(pem), Optional.of(pem)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(run.started.toString()).doesNotContain("jt_svc");
  }

  @Test
  void bridge_needsACoreAndAKey() {
    assertThat(run.jeton("bridge").exit()).isEqualTo(2);
    for (String url : List.of("h:1", "ftp://h:1", "http://u:S3CRET@h:1", "http://h/x", "http://")) {
      Run.Result result = run.jeton("bridge", "--core", url);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .contains("(expected: http://HOST:PORT or https://HOST:PORT)\n")
          .doesNotContain("S3CRET");
    }
    assertThat(run.jeton("bridge", "--core", "http://h:1"))
        .isEqualTo(
            new Run.Result(
                5,
                "",
                "error: no key given: name its file with --key-file or put it in JETON_KEY\n"));
    assertThat(run.jeton("bridge", "--core", "http://h:1", "--key-file", "no-such-file"))
        .isEqualTo(new Run.Result(5, "", "error: no key in no-such-file\n"));
    assertThat(run.started).isEmpty();
  }

  @Test
  void serve_refusesAPort_thatIsNone() {
    Run.Result result = run.jeton("serve", "--port", "65536");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'65536' is not a port (expected: 0 to 65535)\n");
  }

  @Test
  void standardInput_isOneLine() {
    run.in = "";
    assertThat(run.jeton("token", "verify", "-").err())
        .startsWith("error: standard input is empty");
    run.in = "a\nb\n";
    assertThat(run.jeton("token", "verify", "-"))
        .isEqualTo(
            new Run.Result(
                2,
                "",
                "error: standard input has several lines (expected: the secret on one line)\n"));
    run.in = "x".repeat(70_000);
    assertThat(run.jeton("token", "verify", "-").exit()).isEqualTo(2);
  }

  @Test
  void backupAndRestore_handOnWhatTheyWereGiven() {
    run.jeton("backup", "--out", "b.zip", "--data-dir", "d", "--without-keys");
    run.jeton("restore", "b.zip", "--data-dir", "e", "--config", "c.yaml", "--end-tokens");
    run.jeton("restore", "b.zip", "--data-dir", "e", "--new-master-key");

    assertThat(run.started)
        .containsExactly(
            new Upkeep.BackupOptions(
                Optional.empty(), Optional.of(Path.of("d")), Path.of("b.zip"), true),
            new Upkeep.RestoreOptions(
                Path.of("b.zip"), Optional.of(Path.of("c.yaml")), Path.of("e"), true, false),
            new Upkeep.RestoreOptions(
                Path.of("b.zip"), Optional.empty(), Path.of("e"), false, true));
    assertThat(run.jeton("backup").err()).startsWith("error: missing required option: '--out=");
    assertThat(run.jeton("restore", "b.zip").exit()).isEqualTo(2);
  }

  @Test
  void defect_isOneLine_withoutItsMessage() {
    NodeRunner broken =
        new NoNode() {
          @Override
          public int serve(ServeOptions options) {
            throw new IllegalStateException("jt_svc_secret");
          }

          @Override
          public int migrate(MigrateOptions options) {
            throw new CliException(ExitCode.UNAVAILABLE, "the database\nis down");
          }
        };

    assertThat(runWith(broken, new StringWriter(), "serve"))
        .isEqualTo(
            new Run.Result(
                70, "", "error: a defect of this command (JETON_DEBUG=1 shows where)\n"));
    assertThat(runWith(broken, new StringWriter(), "migrate"))
        .isEqualTo(new Run.Result(3, "", "error: the database\\u000ais down\n"));
  }

  @Test
  void lostOutput_isNotSuccess() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThat(runWith(new NoNode(), full, "--version"))
        .isEqualTo(new Run.Result(5, "", "error: cannot write to standard output\n"));
  }

  private static Run.Result runWith(NodeRunner node, Writer out, String... args) {
    StringWriter err = new StringWriter();
    int exit =
        JetonCli.run(
            args,
            node,
            new PrintWriter(out),
            new PrintWriter(err),
            InputStream.nullInputStream(),
            Map.of());
    return new Run.Result(exit, "", err.toString().replace(System.lineSeparator(), "\n"));
  }

  /** Takes no command: for tests of what comes before one. */
  private static class NoNode implements NodeRunner {
    @Override
    public int serve(ServeOptions options) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public int bridge(BridgeOptions options) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public int migrate(MigrateOptions options) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public NewCaller createCaller(CallerOptions options) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public int backup(BackupOptions options) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public int restore(RestoreOptions options) {
      throw new IllegalStateException("not asked for");
    }
  }
}
