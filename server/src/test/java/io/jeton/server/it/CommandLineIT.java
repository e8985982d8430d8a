package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The jeton command as a person uses it, against a server whose paths have spaces in them. */
class CommandLineIT {
  private static final int NO = 1;
  private static final int USAGE = 2;
  private static final int UNAVAILABLE = 3;
  private static final int REFUSED = 4;
  private static final int LOCAL_FILE = 5;
  private static final int NO_JAVA = 69;

  @TempDir static Path directory;
  private static Path home;
  private static JetonProcess server;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() throws IOException {
    Path work = Files.createDirectory(directory.resolve("a folder"));
    home = Files.createDirectory(directory.resolve("its own home"));
    Files.createDirectory(home.resolve("bin"));
    Files.copy(Launch.HOME.resolve("bin/jeton"), home.resolve("bin/jeton"));
    Files.setPosixFilePermissions(
        home.resolve("bin/jeton"), PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String part : List.of("lib", "database", "conf")) {
      Files.createSymbolicLink(home.resolve(part), Launch.HOME.resolve(part));
    }
    Launch serve = Launch.of(home.resolve("bin/jeton").toString(), "serve", "--port", "0");
    server = JetonProcess.start(serve.in(work), work.toRealPath().resolve("jeton-data"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Finds server and key in ./jeton-data. */
  private static Launch jeton(String... arguments) {
    return Launch.of(home.resolve("bin/jeton").toString())
        .then(arguments)
        .in(server.dataDirectory().getParent());
  }

  @TestBesideOthers
  void token_isIssuedVerifiedAndRevoked() {
    String token =
        jeton("token", "issue", "--subject", "alice é", "--scope", "read,write", "--quiet")
            .run()
            .requireOk()
            .line();
    assertThat(token).matches("jt_[0-9A-Za-z]{49}");

    Finished active = jeton("token", "verify", "-", "--scope", "read").input(token + "\n").run();
    assertThat(active.requireOk().out()).startsWith("active\n").contains("alice é", "read write");
    assertThat(jeton("token", "verify", token, "--scope", "delete").run().requireExit(NO).line())
        .isEqualTo("inactive: missing_scope");
    assertThat(jeton("token", "identify", token).run().requireOk().out())
        .startsWith("a Jeton token, checksum good\n")
        .contains("alice é");
    assertThat(jeton("token", "list", "--subject", "alice é").run().requireOk().out().lines())
        .hasSize(2);

    assertThat(jeton("token", "revoke", token).run().requireOk().line()).contains("is revoked");
    assertThat(jeton("token", "verify", token).run().requireExit(NO).line())
        .isEqualTo("inactive: revoked");
    assertThat(jeton("token", "list", "--subject", "alice é").run().requireOk().out().lines())
        .hasSize(1);
    assertThat(jeton("token", "identify", token).run().requireOk().out()).contains("revoked:");
  }

  @TestBesideOthers
  void caller_mayDoExactlyWhatItWasGranted_untilItIsDisabled() {
    Path keyFile = scratch.resolve("shop.key");
    jeton("caller", "create", "shop", "--grant", "default:verify,issue")
        .then("--key-out", keyFile.toString())
        .run()
        .requireOk();
    assertThat(jeton("caller", "get", "shop").run().requireOk().out())
        .contains("default:verify,issue");
    assertThat(jeton("caller", "list").run().requireOk().out()).contains("admin ", "shop ");

    String token = asShop(keyFile, "issue").run().requireOk().line();
    asShop(keyFile, "verify", token).run().requireOk();
    asShop(keyFile, "revoke", token).run().requireOneLine(REFUSED, "(PERMISSION_MISSING)");
    asShop(keyFile, "list").run().requireOneLine(REFUSED, "(PERMISSION_MISSING)");

    jeton("caller", "update", "shop", "--grant", "default:revoke").run().requireOk();
    asShop(keyFile, "revoke", token).run().requireOk();
    asShop(keyFile, "verify", token).run().requireOneLine(REFUSED, "(PERMISSION_MISSING)");

    assertThat(jeton("caller", "disable", "shop").run().requireOk().out()).contains("disabled:");
    asShop(keyFile, "revoke", token).run().requireOneLine(REFUSED, "(KEY_INVALID)");
    jeton("caller", "create", "shop", "--grant", "default:verify")
        .run()
        .requireOneLine(REFUSED, "(CALLER_EXISTS)");
  }

  private Launch asShop(Path keyFile, String command, String... arguments) {
    Launch launch = jeton("token", command).then(arguments).then("--key-file", keyFile.toString());
    return command.equals("issue") ? launch.then("--quiet") : launch;
  }

  @TestBesideOthers
  void serverAndKey_areFound_byOptionVariableAndDataDirectory() throws IOException {
    Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
    String data = server.dataDirectory().toString();

    jeton("token", "list", "--data-dir", data).in(elsewhere).run().requireOk();
    jeton("token", "list").with("JETON_DATA_DIR", data).in(elsewhere).run().requireOk();
    jeton("token", "list")
        .with("JETON_SERVER", server.url())
        .with("JETON_KEY", server.key())
        .in(elsewhere)
        .run()
        .requireOk();
    jeton("token", "list", "--server", server.url())
        .in(elsewhere)
        .run()
        .requireOneLine(LOCAL_FILE, "no key given");
    jeton("token", "list").in(elsewhere).run().requireOneLine(UNAVAILABLE, "jeton serve");
  }

  @TestBesideOthers
  void status_saysWhetherItServes() {
    assertThat(jeton("status").run().requireOk().out())
        .startsWith("serving\n")
        .contains(server.url())
        .containsPattern("(?m)^node: +version \\d+\\.\\d+\\.\\d+\\S* on Java \\d+$")
        .contains("\ndatabase: ", "\ncontracts: ");
    assertThat(jeton("status", "--json").run().requireOk().line())
        .contains("\"serving\":true", "\"state\":\"fine\"", "\"warnings\":[]");
    jeton("status", "--server", "http://127.0.0.1:1")
        .run()
        .requireOneLine(UNAVAILABLE, "http://127.0.0.1:1");
  }

  @TestBesideOthers
  void explain_saysWhatAnErrorMeans_andThePageIsInTheDistribution() {
    assertThat(jeton("explain", "REALM_NOT_FOUND").run().requireOk().out())
        .startsWith("REALM_NOT_FOUND\nThere is no such realm.")
        .contains("- Status: `NOT_FOUND`");
    assertThat(Launch.HOME.resolve("docs/errors.md")).content().contains("### REALM_NOT_FOUND");
    assertThat(Launch.HOME.resolve("ops/prometheus-alerts.yml")).isNotEmptyFile();
    assertThat(Launch.HOME.resolve("ops/grafana-jeton.json")).isNotEmptyFile();
  }

  @TestBesideOthers
  void timing_saysWhichLayerAnswered() {
    String token = jeton("token", "issue", "--quiet").run().requireOk().line();
    assertThat(jeton("token", "verify", token, "--timing").run().requireOk().out())
        .containsPattern("(?m)^timing: store;dur=\\d+\\.\\d{3}, total;dur=\\d+\\.\\d{3}$");
    assertThat(jeton("token", "verify", token, "--timing", "--json").run().requireOk().line())
        .contains("\"timing\":\"cache;dur=");
  }

  @TestBesideOthers
  void wrongUsage_isTold_withoutRepeatingSecrets() {
    Finished unknown = jeton("token", "isue").run().requireExit(USAGE);
    assertThat(unknown.err()).contains("unknown command", "issue").doesNotContain("Exception");
    Finished secret = jeton("token", "list", "jt_secret").run().requireExit(USAGE);
    assertThat(secret.err()).doesNotContain("jt_secret", "Exception");
    jeton("token", "verify", "x", "--realm", "none")
        .run()
        .requireOneLine(REFUSED, "(REALM_NOT_FOUND)");
  }

  @TestBesideOthers
  void everyCommand_hasHelp() {
    List<String> commands =
        List.of(
            "",
            "serve",
            "migrate",
            "status",
            "explain",
            "token",
            "token issue",
            "token verify",
            "token revoke",
            "token list",
            "token identify",
            "caller",
            "caller create",
            "caller list",
            "caller get",
            "caller update",
            "caller disable",
            "bench");
    for (String command : commands) {
      Launch launch = command.isEmpty() ? jeton() : jeton(command.split(" "));
      Finished help = launch.then("--help").run().requireOk();
      assertThat(help.out()).startsWith(("Usage: jeton " + command).strip());
      assertThat(help.err()).isEmpty();
    }
    assertThat(jeton("--version").run().requireOk().line()).matches("jeton \\d+\\.\\d+\\.\\d+.*");
  }

  @TestBesideOthers
  void launcher_isFoundThroughLinks_fromAnywhere_byAnyShell() throws IOException {
    Path link = Files.createSymbolicLink(scratch.resolve("one"), home.resolve("bin/jeton"));
    Path second = Files.createSymbolicLink(scratch.resolve("two"), Path.of("one"));
    Launch.of(second.toString(), "--version").in(Path.of("/")).run().requireOk();
    Launch.of("./two", "--version").in(scratch).run().requireOk();
    Launch.of("jeton", "--version")
        .under("env", "PATH=" + home.resolve("bin") + ":" + System.getenv("PATH"))
        .run()
        .requireOk();

    for (String shell : List.of("sh", "dash", "bash", "ksh", "zsh")) {
      Optional<Path> found = Launch.find(shell);
      assertThat(found.isPresent() || !shell.equals("sh")).isTrue();
      found.ifPresent(
          path -> Launch.of(path.toString(), link.toString(), "--version").run().requireOk());
    }
  }

  @TestBesideOthers
  void launcher_refusesAnOldJava_inOneLine() throws IOException {
    Path java = fakeJava("11.0.2");
    jeton("--version")
        .with("JAVA_HOME", java.toString())
        .run()
        .requireOneLine(NO_JAVA, "Java 11.0.2 is too old", "17 or newer");
    Files.delete(java.resolve("release"));
    jeton("--version")
        .with("JAVA_HOME", java.toString())
        .run()
        .requireOneLine(NO_JAVA, "Java 11.0.2 is too old");
  }

  @TestBesideOthers
  void launcher_withoutJava_saysSoInOneLine() throws IOException {
    jeton("--version")
        .with("JAVA_HOME", scratch.toString())
        .run()
        .requireOneLine(NO_JAVA, "no Java in JAVA_HOME", scratch.toString());

    Path tools = Files.createDirectory(scratch.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed")) {
      Files.createSymbolicLink(tools.resolve(tool), Launch.find(tool).orElseThrow());
    }
    jeton("--version")
        .with("JAVA_HOME", "")
        .with("PATH", tools.toString())
        .run()
        .requireOneLine(NO_JAVA, "no Java found", "JAVA_HOME");
  }

  private Path fakeJava(String version) {
    try {
      Path java = Files.createDirectories(scratch.resolve("java/bin")).resolve("java");
      Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path home = scratch.resolve("java");
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
