package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.IssueSpec;
import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.VerifySpec;
import io.jeton.server.testing.MariaDbExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that cannot start says why in one line, and leaves everything as it was. */
class StartupRefusalIT {
  private static final int CONFIGURATION = 2;
  private static final int NOT_STARTED = 6;
  private static final String EXTERNAL = "the external database";

  /** Stands for an operator's own database. */
  @RegisterExtension static final MariaDbExtension external = new MariaDbExtension();

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void chooseDataDirectory() {
    data = directory.resolve("data");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prot: 1                          | prot: there is no such setting | did you mean port?
          database:\\n  writer: 3          | database.writer: there is no   | did you mean database.writers?
          verify-timeout: 1                | verify-timeout: 1 (expected:   | from 10ms to 60s
          cache:\\n  size: big             | cache.size: big (expected:     | such as 512MiB
          drain-timeout: soon              | drain-timeout: soon (expected: | such as 500ms
          port: 1\\nport: 2                | line 2                         | repeats a key
          port: [1                         | line 1                         | not YAML
          master-key: 0123456789abcdef     | master-key: a wrong value      | env:NAME or file:PATH
          contracts:\\n  - contract: chatto | contracts[0].contract: chatto | chatot or lanying or liveget or thinksns
          contracts:\\n  - contract: chatot\\n    lifetme: 2h | contracts[0].lifetme | no such setting
          trusted-proxies: [nowhere]       | trusted-proxies                | nowhere
          proxy-protocol: true             | trusted-proxies: nothing       | PROXY protocol
          tls:\\n  key: a                   | tls.certificate: nothing       | a PEM file
          tls:\\n  certificate: a           | tls.key: nothing               | the key of tls.certificate
          tls: {certificate: a, key: none.key} | tls.certificate: a          | a file that can be read
          tls: {certificate: a, key: a, client-auth: wanted} | tls.client-ca: nothing | a PEM file
          tls: {certificate: a, key: a, client-ca: a} | tls.client-auth: none | wanted or required
          ops:\\n  tls: true                | tls.certificate: nothing       | a PEM file
          database:\\n  url: jdbc:mysql://a:b@c/d | database.url | without user and password
          """)
  void wrongConfiguration_isNamed(String yaml, String first, String second) throws IOException {
    Path file = directory.resolve("jeton.yaml");
    Files.writeString(file, yaml.replace("\\n", "\n") + "\n");

    refuse(serve(), CONFIGURATION, first, second);
  }

  @TestBesideOthers
  void secretInTheConfiguration_isNotRepeated() throws IOException {
    Files.writeString(directory.resolve("jeton.yaml"), "master-key: 0123456789abcdef\n");

    assertThat(serve().run().err()).contains("master-key").doesNotContain("0123456789abcdef");
  }

  @TestBesideOthers
  void fileOfConfiguration_isReadWhereItIsSaidToBe_orMissed() throws IOException {
    Path file = Files.writeString(directory.resolve("other.yaml"), "prot: 1\n");
    refuse(serve().then("--config", file.toString()), CONFIGURATION, "prot");
    refuse(serve().then("--config", "none.yaml"), CONFIGURATION, "none.yaml");
  }

  @TestBesideOthers
  void variableThatIsNoSetting_isNamed() {
    refuse(serve().with("JETON_PROT", "1"), CONFIGURATION, "JETON_PROT");
  }

  @TestBesideOthers
  void secretThatIsNotThere_isNamed() {
    refuse(
        serve().with("JETON_MASTER_KEY", "env:NOT_SET"), CONFIGURATION, "master-key: env:NOT_SET");
    refuse(
        serve().with("JETON_MASTER_KEY", "file:none.key"),
        CONFIGURATION,
        "master-key: file:none.key");
  }

  @TestBesideOthers
  void masterKeyOfAnotherForm_isNotRepeated() {
    Launch launch =
        serve().with("JETON_MASTER_KEY", "env:KEY").with("KEY", "0123456789abcdef-no-key");

    refuse(launch, NOT_STARTED, "master-key: env:KEY", "64 hexadecimal digits");
    assertThat(launch.run().err()).doesNotContain("0123456789abcdef");
  }

  @TestBesideOthers
  void portInUse_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      refuse(
          jeton("--data-dir", data.toString(), "--port", port, "--ops-port", "0"),
          NOT_STARTED,
          "port: " + port,
          "in use");
      refuse(serve().then("--ops-port", port), NOT_STARTED, "ops.port: " + port, "in use");
    }
  }

  @TestBesideOthers
  void addressBeyondThisMachine_needsToBeAskedFor() {
    refuse(serve().then("--host", "0.0.0.0"), NOT_STARTED, "host: 0.0.0.0", "listen-in-clear");
    refuse(serve().with("JETON_OPS_HOST", "0.0.0.0"), NOT_STARTED, "ops.host", "listen-in-clear");

    try (JetonProcess server =
        JetonProcess.start(
            serve().then("--host", "0.0.0.0").with("JETON_LISTEN_IN_CLEAR", "true"), data)) {
      assertThat(server.url()).startsWith("http://0.0.0.0:");
      assertThat(data.resolve("server.url")).content().startsWith("http://127.0.0.1:");
    }
  }

  @TestBesideOthers
  void dataDirectoryBelowAFile_isNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    data = file.resolve("data");

    refuse(serve(), NOT_STARTED, data.toString(), "Not a directory");
  }

  @TestBesideOthers
  void dataDirectoryWithoutPermission_isNamed() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

    for (Path path : List.of(closed, closed.resolve("data"))) {
      Launch serve = Launch.jeton("serve", "--port", "0", "--data-dir", path.toString());
      if (System.getProperty("user.name").equals("root")) {
        // Takes from root the right to write where permission bits forbid it.
        serve.under("setpriv", "--bounding-set=-dac_override");
      }
      refuse(serve, NOT_STARTED, path.toString(), "no permission");
    }
    assertThat(closed).isEmptyDirectory();
  }

  @TestBesideOthers
  void dataDirectoryInUse_isRefused_andItsServerKeepsWorking() {
    try (JetonProcess first = JetonProcess.start(data);
        JetonClient client = first.client()) {
      List<ProcessHandle> databases = MariaDbs.of(data);

      serve()
          .run()
          .requireOneLine(
              NOT_STARTED, data.toString(), "in use by process " + first.process().pid());
      Launch.jeton("migrate", "--data-dir", data.toString())
          .run()
          .requireOneLine(NOT_STARTED, data.toString(), "in use by process");

      assertThat(MariaDbs.of(data)).isEqualTo(databases).hasSize(1);
      assertThat(data.resolve("server.url")).hasContent(first.url());
      IssuedToken issued = client.tokens().issue(IssueSpec.builder().build());
      assertThat(client.tokens().verify(issued.secret()).active()).isTrue();
    }
  }

  @TestBesideOthers
  @ResourceLock(EXTERNAL)
  void externalDatabaseThatCannotBeUsed_isNamed() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int closed = socket.getLocalPort();
      socket.close();
      refuse(
          external().with("JETON_DATABASE_URL", "jdbc:mysql://127.0.0.1:" + closed + "/jeton"),
          NOT_STARTED,
          "127.0.0.1:" + closed,
          "connection refused");
    }
    refuse(
        external().with("PASSWORD", "wrong-password"), NOT_STARTED, "refuses the user or the pass");
    assertThat(external().with("PASSWORD", "wrong-password").run().err())
        .doesNotContain("wrong-password");
    refuse(
        external().with("JETON_DATABASE_URL", external.jdbcUrl() + "_none"), NOT_STARTED, "_none");
    refuse(external().with("JETON_MASTER_KEY", ""), NOT_STARTED, "master-key");
  }

  @TestBesideOthers
  @ResourceLock(EXTERNAL)
  void externalDatabase_isServedOnceMigrated_underItsOwnMasterKeyAlone() throws Exception {
    external.clear();
    refuse(external(), NOT_STARTED, external.jdbcUrl(), "run jeton migrate");

    migrate().run().requireOk();
    assertThat(migrate().run().requireOk().line()).contains("already");

    IssuedToken issued;
    try (JetonProcess server = JetonProcess.start(external(), data);
        JetonClient client = server.client()) {
      assertThat(MariaDbs.of(data)).isEmpty();
      issued = client.tokens().issue(IssueSpec.builder().build());
      onExternal(jeton("--port", "0", "--data-dir", directory.resolve("another").toString()))
          .run()
          .requireOneLine(NOT_STARTED, "another jeton uses the database", external.jdbcUrl());
      assertThat(client.tokens().verify(issued.secret()).active()).isTrue();
      server.stop();
    }

    external()
        .with("KEY", "f".repeat(64))
        .run()
        .requireOneLine(NOT_STARTED, "the master key is not the one");

    try (JetonProcess server = JetonProcess.start(external(), data);
        JetonClient client = server.client()) {
      assertThat(client.tokens().verify(VerifySpec.of(issued.secret())).active()).isTrue();
      server.stop();
    }
  }

  private Launch serve() {
    return jeton("--port", "0").then("--data-dir", data.toString());
  }

  private Launch jeton(String... options) {
    return Launch.jeton("serve").then(options).in(directory);
  }

  private Launch external() {
    return onExternal(serve());
  }

  private Launch migrate() {
    return onExternal(Launch.jeton("migrate", "--data-dir", data.toString()).in(directory));
  }

  private static Launch onExternal(Launch launch) {
    return launch
        .with("JETON_DATABASE_URL", external.jdbcUrl())
        .with("JETON_DATABASE_USER", external.user())
        .with("JETON_DATABASE_PASSWORD", "env:PASSWORD")
        .with("PASSWORD", external.password().reveal())
        .with("JETON_MASTER_KEY", "env:KEY")
        .with("KEY", "0123456789abcdef".repeat(4));
  }

  /** It says these things in one line, and nothing was made or is left running. */
  private void refuse(Launch launch, int exit, String... parts) {
    List<Path> before = files();

    launch.run().requireOneLine(exit, parts);

    assertThat(MariaDbs.of(data)).isEmpty();
    List<Path> after = files();
    after.removeAll(before);
    assertThat(after).allMatch(StartupRefusalIT::isHarmless);
  }

  /** Taking the lock and preparing keys comes before asking an external database. */
  private static boolean isHarmless(Path file) {
    return file.endsWith("data") || file.endsWith("jeton.lock");
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(directory)) {
      return new ArrayList<>(files.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
