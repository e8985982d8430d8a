package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.ImportResult;
import io.jeton.client.InactiveReason;
import io.jeton.client.JetonClient;
import io.jeton.client.ListSpec;
import io.jeton.client.RevealedToken;
import io.jeton.client.Secret;
import io.jeton.client.Token;
import io.jeton.client.TokenRef;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import io.jeton.client.records.ImportFile;
import io.jeton.server.testing.NodeExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Import of tokens into a real node, each test in a realm of its own. */
class TokenImportTest {
  @RegisterExtension static final NodeExtension NODE = new NodeExtension();

  private static final AtomicInteger REALMS = new AtomicInteger();

  private final String realm = "tokens-" + REALMS.incrementAndGet();
  private final JetonClient client =
      JetonClient.builder()
          .server("http://" + NODE.channel().authority())
          .key(NODE.adminKey())
          .build();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void twice_changesNothing_andTheOrderOfTheFileIsThatOfTheList() throws Exception {
    String[] lines = {
      realmRecord(),
      account("'name':'Seven','id':7"),
      token("'contract':'animeloop','token':'%s','id':0,'name':'b','account':'Seven'", "B"),
      token("'contract':'animeloop','token':'%s','id':1,'account':7", "A"),
      token("'contract':'animeloop','token':'%s','account':7,'name':''", "C")
    };
    assertThat(check(lines).created()).isEqualTo(5);

    assertThat(apply(lines).created()).isEqualTo(5);

    for (int n = 0; n < 2; n++) {
      assertThat(apply(lines).unchanged()).isEqualTo(5);
      assertThat(check(lines).unchanged()).isEqualTo(5);
    }
    try (Stream<RevealedToken> revealed = client.tokens().reveal(mine().madeBy("animeloop"))) {
      List<RevealedToken> tokens = revealed.toList();
      assertThat(tokens.stream().map(each -> each.secret().orElseThrow().reveal()))
          .containsExactly(realm + "B", realm + "A", realm + "C");
      assertThat(tokens.stream().map(each -> each.token().importedId().orElse("none")))
          .containsExactly("0", "1", "none");
      assertThat(tokens.stream().map(each -> each.token().name().orElse("none")))
          .containsExactly("b", "none", "");
      assertThat(tokens).allMatch(each -> each.token().accountId().orElseThrow().equals("7"));
    }
    assertThat(dump()).doesNotContain(realm + "A").doesNotContain(realm + "B");
  }

  @Test
  void everyField_isTaken_alsoOfOnesThatHaveExpired() throws Exception {
    apply(
        realmRecord(),
        token(
            "'contract':'chatot','token':'%s','kind':'visitor','scopes':['b','a'],'app_id':'app',"
                + "'issue_time':'2019-01-01T00:00:00.000001Z','expire_time':'2020-01-01T00:00:00Z'",
            "old"),
        token("'contract':'chatot','token':'%s','expire_time':'10002023-01-01T00:00:00Z'", "far"));

    assertThat(verify("old").reason()).contains(InactiveReason.EXPIRED);
    Token old = client.tokens().get(TokenRef.secret(Secret.of(realm + "old")).inRealm(realm));
    assertThat(old.kind()).isEqualTo("visitor");
    assertThat(old.scopes()).containsExactly("a", "b");
    assertThat(old.appId()).contains("app");
    assertThat(old.issuer()).contains("chatot");
    assertThat(old.issueTime()).isEqualTo(Instant.parse("2019-01-01T00:00:00.000001Z"));
    assertThat(verify("far").token().orElseThrow().expireTime())
        .contains(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @Test
  void sha256_isTheSameToken_asItsSecret() throws Exception {
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest((realm + "T").getBytes(StandardCharsets.UTF_8)));
    String bySha256 = token("'contract':'chatot','sha256':'" + sha256 + "','name':'%s'", "n");
    assertThat(apply(realmRecord(), bySha256).created()).isEqualTo(2);

    assertThat(verify("T").active()).isTrue();
    String byToken = token("'contract':'chatot','token':'%s'", "T").replace("}", "");
    assertThat(apply(byToken + ",\"name\":\"" + realm + "n\"}").unchanged()).isEqualTo(1);
  }

  @Test
  void otherValues_areTaken_alsoWhereTheTokenIsHeldInMemory() throws Exception {
    apply(
        realmRecord(),
        account("'name':'Bob','id':8"),
        token("'contract':'chatot','token':'%s'", "T"));
    assertThat(verify("absent").reason()).contains(InactiveReason.UNKNOWN);
    assertThat(verify("T").token().orElseThrow().subject()).isEmpty();
    String[] changed = {
      token("'contract':'chatot','token':'%s'", "absent"),
      token(
          "'contract':'chatot','token':'%s','account':'bob','scopes':['x'],'name':'n','id':5,"
              + "'expire_time':'2040-01-01T00:00:00Z','revealable':true",
          "T")
    };
    assertThat(check(changed).changed()).isEqualTo(1);

    ImportResult result = apply(changed);

    assertThat(result.changed()).isEqualTo(1);
    assertThat(result.created()).isEqualTo(1);
    assertThat(verify("absent").active()).isTrue();
    Token token = verify("T").token().orElseThrow();
    assertThat(token.subject()).isEqualTo("8");
    assertThat(token.accountId()).contains("8");
    assertThat(token.scopes()).containsExactly("x");
    assertThat(token.name()).contains("n");
    assertThat(token.expireTime()).contains(Instant.parse("2040-01-01T00:00:00Z"));
    try (Stream<RevealedToken> revealed = client.tokens().reveal(mine().about("8"))) {
      RevealedToken only = revealed.findFirst().orElseThrow();
      assertThat(only.secret().orElseThrow().reveal()).isEqualTo(realm + "T");
      assertThat(only.token().importedId()).contains("5");
    }
    assertThat(apply(changed).unchanged()).isEqualTo(2);
  }

  @Test
  void revokedToken_staysRevoked() throws Exception {
    String line = token("'contract':'chatot','token':'%s'", "T");
    apply(realmRecord(), line);
    client.tokens().revoke(TokenRef.secret(Secret.of(realm + "T")).inRealm(realm));

    assertThat(check(line).unchanged()).isEqualTo(1);
    assertThat(apply(line).unchanged()).isEqualTo(1);
    assertThat(apply(line.replace("}", ",\"name\":\"n\"}")).unchanged()).isEqualTo(1);
    assertThat(verify("T").reason()).contains(InactiveReason.REVOKED);
  }

  @Test
  void tokenOfABannedAccount_isTakenAsRevoked() throws Exception {
    String[] lines = {
      realmRecord(),
      account("'name':'Eve','banned':true"),
      token("'contract':'chatot','token':'%s','account':'Eve'", "T")
    };
    assertThat(apply(lines).created()).isEqualTo(3);

    assertThat(verify("T").reason()).contains(InactiveReason.REVOKED);
    assertThat(apply(lines).unchanged()).isEqualTo(3);
  }

  @Test
  void secretOfAnotherContract_andUnknownAccount_areRefusedWithTheirLines() throws Exception {
    apply(realmRecord(), token("'contract':'chatot','token':'%s'", "T"));
    String[] lines = {
      token("'contract':'lanying','token':'%s'", "U"),
      token("'contract':'lanying','token':'%s'", "T"),
      token("'contract':'lanying','token':'%s','account':'nobody'", "V"),
      token("'contract':'lanying','token':'%s','module':'none'", "W"),
      token("'contract':'lanying','token':'%s','machine':'M'", "X"),
      "{\"type\":\"token\",\"realm\":\"" + realm + "\",\"contract\":\"c\",\"token\":\"jt_x\"}"
    };

    assertThat(check(lines).problems())
        .extracting(problem -> problem.line() + " " + problem.field())
        .containsExactly("2 token", "3 account", "4 module", "5 machine", "6 token");
    ImportResult result = apply(lines);
    assertThat(result.created()).isEqualTo(1);
    assertThat(result.problems())
        .extracting(problem -> problem.line() + " " + problem.field())
        .containsExactly("2 token");
    assertThat(verify("U").active()).isTrue();
    assertThat(verify("V").active()).isFalse();
  }

  @Test
  void sameTokenTwice_inAFile_isOne_theLaterHolds() throws Exception {
    String[] lines = {
      realmRecord(),
      token("'contract':'chatot','token':'%s','name':'first'", "T"),
      token("'contract':'chatot','token':'%s','name':'second'", "T")
    };
    assertThat(check(lines).created()).isEqualTo(2);

    assertThat(apply(lines).created()).isEqualTo(2);

    assertThat(verify("T").token().orElseThrow().name()).contains("second");
  }

  private ListSpec mine() {
    return ListSpec.all().inRealm(realm);
  }

  private Verdict verify(String token) {
    return client.tokens().verify(VerifySpec.of(Secret.of(realm + token)).inRealm(realm));
  }

  private String realmRecord() {
    return "{\"type\":\"realm\",\"realm\":\"" + realm + "\"}";
  }

  private String account(String rest) {
    return record("account", rest);
  }

  /** What is given, with single quotes and the secret, which the realm's name makes unique. */
  private String token(String rest, String secret) {
    return record("token", rest.formatted(realm + secret));
  }

  private String record(String type, String rest) {
    return "{\"type\":\""
        + type
        + "\",\"realm\":\""
        + realm
        + "\","
        + rest.replace('\'', '"')
        + "}";
  }

  private ImportResult apply(String... lines) throws IOException {
    return client.imports().apply(file(lines), n -> {});
  }

  private ImportResult check(String... lines) throws IOException {
    return client.imports().check(file(lines), n -> {});
  }

  private ImportFile file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    return ImportFile.of(Files.write(file, List.of(lines)), Map.of());
  }

  /** Every column of every token, byte for byte. */
  private static String dump() throws Exception {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = NODE.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM token")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          byte[] value = rows.getBytes(i);
          dump.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return dump.toString();
  }
}
