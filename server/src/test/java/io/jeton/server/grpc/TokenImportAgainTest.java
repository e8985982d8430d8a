package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.BindSpec;
import io.jeton.client.ImportResult;
import io.jeton.client.InactiveReason;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import io.jeton.client.Token;
import io.jeton.client.TokenGroup;
import io.jeton.client.TokenRef;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import io.jeton.client.records.ImportFile;
import io.jeton.server.testing.NodeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Import of tokens to which something happened since they were imported first. */
class TokenImportAgainTest {
  @RegisterExtension static final NodeExtension NODE = new NodeExtension();

  private static final AtomicInteger REALMS = new AtomicInteger();

  private final String realm = "again-" + REALMS.incrementAndGet();
  private final JetonClient client =
      JetonClient.builder()
          .server("http://" + NODE.channel().authority())
          .key(NODE.adminKey())
          .build();

  @TempDir private Path directory;

  @BeforeEach
  void addAccounts() throws IOException {
    apply("'type':'realm'", "'type':'account','id':7", "'type':'account','id':8");
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void tokenThatEndedWithItsGroup_staysEnded_alsoWhenTheRecordMovesItToAnother()
      throws IOException {
    apply("'type':'token','contract':'c','token':'%s','account':7");
    client.tokens().revokeAll(TokenGroup.ofSubject("7").inRealm(realm));
    String[] moved = {"'type':'token','contract':'c','token':'%s','account':8,'kind':'other'"};

    assertThat(check(moved).unchanged()).isEqualTo(1);
    assertThat(apply(moved).unchanged()).isEqualTo(1);

    assertThat(verify().reason()).contains(InactiveReason.REVOKED);
  }

  @Test
  void tokenThatTheRecordMoves_isNotAmongThoseThatWereEndedThereBefore() throws IOException {
    apply("'type':'token','contract':'c','token':'%s','account':7");
    client.tokens().revokeAll(TokenGroup.ofSubject("8").inRealm(realm));

    assertThat(apply("'type':'token','contract':'c','token':'%s','account':8").changed())
        .isEqualTo(1);

    assertThat(verify().active()).isTrue();
    client.tokens().revokeAll(TokenGroup.ofSubject("8").inRealm(realm));
    assertThat(verify().reason()).contains(InactiveReason.REVOKED);
  }

  @Test
  void tokenThatWasBoundSince_staysBound_whenItsRecordNamesNobody() throws IOException {
    String[] line = {"'type':'token','contract':'c','token':'%s'"};
    apply(line);
    client
        .tokens()
        .bind(BindSpec.toAccount(TokenRef.secret(Secret.of(secret())).inRealm(realm), "7", "read"));

    assertThat(check(line).unchanged()).isEqualTo(1);
    assertThat(apply(line).unchanged()).isEqualTo(1);

    Token token = verify().token().orElseThrow();
    assertThat(token.accountId()).contains("7");
    assertThat(token.scopes()).containsExactly("read");
  }

  @Test
  void secretThatTwoContractsNameInOneFile_isRefusedAtTheSecond() throws IOException {
    String[] lines = {
      "'type':'token','contract':'c','token':'%s'", "'type':'token','contract':'d','token':'%s'"
    };
    assertThat(check(lines).problems())
        .extracting(problem -> problem.line() + " " + problem.field())
        .containsExactly("2 token");

    ImportResult result = apply(lines);

    assertThat(result.created()).isEqualTo(1);
    assertThat(result.problems())
        .extracting(problem -> problem.line() + " " + problem.field())
        .containsExactly("2 token");
  }

  @Test
  void licenceForTheModuleItself_byTheNameDefault_isTakenWithItsModule() throws IOException {
    String[] lines = {
      "'type':'module','name':'demo','identification':'i'",
      "'type':'token','contract':'c','token':'%s','module':'Demo','sub_module':'default'"
    };
    assertThat(check(lines).problems()).isEmpty();

    assertThat(apply(lines).created()).isEqualTo(2);
  }

  private String secret() {
    return realm + "-T";
  }

  private Verdict verify() {
    return client.tokens().verify(VerifySpec.of(Secret.of(secret())).inRealm(realm));
  }

  private ImportResult apply(String... lines) throws IOException {
    return client.imports().apply(file(lines), n -> {});
  }

  private ImportResult check(String... lines) throws IOException {
    return client.imports().check(file(lines), n -> {});
  }

  /** Records of the realm, written with single quotes. */
  private ImportFile file(String... lines) throws IOException {
    List<String> records =
        List.of(lines).stream()
            .map(line -> "{'realm':'" + realm + "'," + line.replace("%s", secret()) + "}")
            .map(line -> line.replace('\'', '"'))
            .toList();
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    return ImportFile.of(Files.write(file, records), Map.of());
  }
}
