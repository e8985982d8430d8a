package io.jeton.server.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the jeton command inside the test. */
final class Run {
  /** What a run of the command left. */
  record Result(int exit, String out, String err) {}

  final Map<String, String> env = new HashMap<>();
  final List<Object> started = new ArrayList<>();
  String in = "";

  /** A run that finds the server and its key in the environment. */
  static Run against(FakeJeton server) {
    Run run = new Run();
    run.env.put("JETON_SERVER", server.url());
    run.env.put("JETON_KEY", FakeJeton.KEY);
    return run;
  }

  Result jeton(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    NodeRunner node =
        new NodeRunner() {
          @Override
          public int serve(ServeOptions options) {
            started.add(options);
            return ExitCode.OK;
          }

          @Override
          public int bridge(BridgeOptions options) {
            started.add(options);
            return ExitCode.OK;
          }

          @Override
          public int migrate(MigrateOptions options) {
            started.add(options);
            return ExitCode.OK;
          }

          @Override
          public NewCaller createCaller(CallerOptions options) {
            started.add(options);
            return new NewCaller(
                options.grants(),
                Instant.EPOCH,
                io.jeton.server.domain.Secret.of("jt_svc_offline"));
          }

          @Override
          public int backup(BackupOptions options) {
            started.add(options);
            return ExitCode.OK;
          }

          @Override
          public int restore(RestoreOptions options) {
            started.add(options);
            return ExitCode.OK;
          }
        };
    int exit =
        JetonCli.run(
            args,
            node,
            new PrintWriter(out),
            new PrintWriter(err),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            env);
    return new Result(
        exit,
        out.toString().replace(System.lineSeparator(), "\n"),
        err.toString().replace(System.lineSeparator(), "\n"));
  }
}
