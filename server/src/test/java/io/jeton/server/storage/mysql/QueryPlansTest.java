package io.jeton.server.storage.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.storage.MySqlStoreExtension;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every hot query's plan on {@value #ROWS} rows: the index that it uses, nothing sorted or kept
 * aside, and no more rows touched than it needs.
 */
class QueryPlansTest {
  @RegisterExtension static final MySqlStoreExtension mysql = MySqlStoreExtension.keepingRows();

  private static final int ROWS = 20_000;
  private static final int REALM = 1;
  private static final long TIME = 1_795_242_514_000_000L;

  private static final String DIGIT =
      "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
          + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
          + " UNION ALL SELECT 9)";

  /** 0 to 19 999. */
  private static final String NUMBERS =
      "(SELECT e.d * 10000 + a.d * 1000 + b.d * 100 + c.d * 10 + f.d AS n FROM "
          + (DIGIT + " a, " + DIGIT + " b, " + DIGIT + " c, " + DIGIT + " f, ")
          + "(SELECT 0 d UNION ALL SELECT 1) e) numbers";

  private static Connection connection;

  @BeforeAll
  static void fill() throws SQLException {
    connection = mysql.connect();
    try (Statement statement = connection.createStatement()) {
      // A quarter is revoked; half of those share their code with a live token. Half of all have
      // one subject, the rest are spread over a hundred; one in ten is in another realm.
      statement.execute(
          "INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id, name,"
              + " issue_time, expire_time, revoke_time, account_id, family_id, family_end, partner_id,"
              + " seal_end) SELECT n + 1, IF(n % 10 = 9, 2, 1),"
              + " UNHEX(SHA2(IF(n % 8 = 0, n + 1, n), 256)), IF(n % 4 = 0, NULL, 1), 'access',"
              + " IF(n % 2 = 0, 'popular', CONCAT('s', n % 100)), 'read write', '', NULL,"
              + (TIME + " + n, NULL, IF(n % 4 = 0, " + TIME + " + n, NULL), n % 1000 + 1,")
              // Families of eight: one of the rows is live in some, none or several in others.
              + (" n DIV 8 * 8 + 1, " + TIME + ", IF(n % 8 = 1, n DIV 8 * 8 + 1, NULL), ")
              + (TIME + " + n FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO remembered_request SELECT n % 5, CONCAT('r', n), REPEAT('f', 32),"
              + (" REPEAT('a', 200), " + TIME + " + n FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO revision (lane_id, sequence, lookup, change_time) SELECT n % 16, n, UNHEX(SHA2(n, 256)), "
              + (TIME + " + n FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO realm VALUES (1, 'one', 0, 'UTC', 0), (2, 'two', 0, 'UTC', 0)");
      // Every subject had its tokens ended, and more that have none; one in ten in another realm.
      statement.execute(
          "INSERT INTO epoch SELECT IF(n % 10 = 9, 2, 1), IF(n % 5 = 0, 3, 2),"
              + " CONCAT(IF(n < 100, 's', 'x'), n), n, 1 FROM "
              + NUMBERS);
      // One in ten is in another realm; half have no e-mail address, no phone and no password.
      statement.execute(
          "INSERT INTO account SELECT IF(n % 10 = 9, 2, 1), n + 1, CONCAT('N', n),"
              + " CONCAT('n', n), IF(n % 2 = 0, CONCAT('E', n), NULL),"
              + " IF(n % 2 = 0, CONCAT('e', n), NULL), IF(n % 2 = 0, CONCAT('p', n), NULL),"
              + " IF(n % 2 = 0, CONCAT('q', n), NULL),"
              + " IF(n % 2 = 0, CONCAT('$2y$10$', REPEAT('h', 53)), NULL), NULL, NULL, NULL, NULL, '{}', "
              + (TIME + " + n, " + TIME + " + n FROM " + NUMBERS));
      // Twenty keys signed all tokens between them; two were revoked that signed none.
      statement.execute(
          "INSERT INTO signing_key SELECT 1 + n, IF(n % 2 = 0, 1, 2), CONCAT('k', n), 1, 'HS256',"
              + (" 'w', UNHEX(SHA2(n, 256)), NULL, 1, NULL, IF(n >= 20, 1, NULL), NULL FROM "
                  + NUMBERS)
              + " WHERE n < 22");
      statement.execute(
          "UPDATE token SET signing_key_id = 1 + token_id % 20,"
              + " foreign_jti = IF(token_id % 4 = 0, CONCAT('j', token_id), NULL)");
      statement.execute(
          "INSERT INTO revoked_jti SELECT 1, CONCAT('k', n % 3), CONCAT('j', n), "
              + (TIME + " + n FROM " + NUMBERS));
      // One in ten is in another realm; half are of one account, the rest of a hundred.
      statement.execute(
          "INSERT INTO session SELECT n + 1, IF(n % 10 = 9, 2, 1), UNHEX(SHA2(n, 256)),"
              + " IF(n % 2 = 0, 7, 100 + n % 100), REPEAT('d', 200), "
              + (TIME + " + n, " + TIME + " + n FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO module SELECT n + 1, IF(n % 10 = 9, 2, 1), CONCAT('N', n), CONCAT('n', n),"
              + (" CONCAT('i', n), NULL, NULL, 0, 0 FROM " + NUMBERS));
      // A thousand of the first module, two of every other.
      statement.execute(
          "INSERT INTO sub_module SELECT n + 1, IF(n < 1000, 1, n DIV 2), CONCAT('S', n),"
              + (" CONCAT('s', n), NULL FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO application SELECT n + 1, IF(n % 10 = 9, 2, 1), CONCAT('a', n), 0, '', 'k',"
              + (" 'p', NULL, 0, 0 FROM " + NUMBERS));
      statement.execute(
          "INSERT INTO audit (audit_time, caller_id, action, realm, target, address, request_id,"
              + " result) SELECT "
              + (TIME + " + n, 1, 'IssueToken', 'one', n, '', '', 'OK' FROM " + NUMBERS));
      statement.execute(
          "ANALYZE TABLE audit, epoch, token, remembered_request, revision, account, revoked_jti, session,"
              + " signing_key, module, sub_module, application");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 64, 256})
  void findLive_readsOneEntryAKey(int keys) throws Exception {
    assertPlan(FindTokens.live(keys), "token_lookup", 2 * keys + 2, lookups(keys));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 64, 256})
  void findLastRevoked_readsFewEntriesAKey(int keys) throws Exception {
    String sql = FindTokens.lastRevoked(keys);
    List<Step> steps = explain(sql, lookups(keys));

    assertThat(steps)
        .filteredOn(step -> step.table().equals("token"))
        .isNotEmpty()
        .allSatisfy(
            step -> {
              assertThat(step.type()).isNotIn("ALL", "index");
              assertThat(step.key()).isIn("token_lookup", "PRIMARY");
              assertThat(step.extra()).doesNotContain("filesort");
            });
    assertThat(rowsRead(sql, lookups(keys))).isLessThanOrEqualTo(6 * keys + 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64})
  void refreshesTogether_readAndChangeOneRowEach(int count) throws Exception {
    List<Object> ids = new ArrayList<>();
    List<Object> spend = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      ids.add(101 + n);
    }
    for (Object value : List.of(TIME, TIME, bytes("answer"), TIME, "ids", bytes("popular"))) {
      for (Object id : ids) {
        spend.add(id);
        if (!value.equals("ids")) {
          spend.add(value);
        }
      }
    }
    List<Object> accounts = new ArrayList<>(ids);
    accounts.add(0, REALM);
    assertPlan(FamilyRows.lockAtOnce(count), "PRIMARY", count + 1L, ids);
    assertPlan(ActiveAccounts.lockAtOnce(count), "PRIMARY", count + 1L, accounts);
    assertPlan(RotateTogether.spend(count), "PRIMARY", 2L * count + 1, spend);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 128})
  void presentedTogether_readFewEntriesAKey(int keys) throws Exception {
    for (String sql : List.of(FindMembers.live(keys), FindMembers.lastEnded(keys))) {
      assertThat(explain(sql, lookups(keys)))
          // What is read from the subquery is as long as the list of keys.
          .filteredOn(step -> !step.table().startsWith("<"))
          .isNotEmpty()
          .allSatisfy(step -> assertThat(step.type()).isNotIn("ALL", "index"));
      assertThat(rowsRead(sql, lookups(keys))).as(sql).isLessThanOrEqualTo(40L * keys + 40);
    }
  }

  @Test
  void byId_readsOneRow() throws Exception {
    assertPlan(ReadTokens.BY_ID, "PRIMARY", 1, List.of(77, REALM));
  }

  @Test
  void licencesAndEnds_areChangedByTheirId() throws Exception {
    assertPlan(Licences.BIND, "PRIMARY", 1, List.of(bytes("PC-7"), 78, REALM, TIME));
    assertPlan(Licences.REPLACE, "PRIMARY", 1, List.of(bytes("PC-7"), 78, REALM, bytes("PC-7")));
    assertPlan(Licences.USED, "PRIMARY", 1, List.of(TIME, 78, TIME));
    assertPlan(ExtendToken.EXTEND, "PRIMARY", 1, List.of(TIME, 78));
  }

  @Test
  void revoke_readsOneRow() throws Exception {
    assertPlan(RevokeTokens.REVOKE, "PRIMARY", 1, List.of(TIME, 78, REALM));
  }

  @Test
  void listOfRealm_readsOnePage() throws Exception {
    assertPlan(ReadTokens.OF_REALM, "token_by_subject", 52, List.of(REALM, 50));
  }

  @Test
  void listOfSubject_readsOnePage_atBeginningMiddleAndEnd() throws Exception {
    for (int after : new int[] {0, ROWS / 2, ROWS - 3}) {
      assertPlan(
          ReadTokens.OF_SUBJECT,
          "token_by_subject",
          52,
          List.of(REALM, bytes("popular"), after, 50));
      assertPlan(
          ReadTokens.OF_SUBJECT, "token_by_subject", 52, List.of(REALM, bytes("s1"), after, 50));
    }
  }

  @Test
  void listOfSubjectAndIssuer_readsTheSubject_andShownTokensAreReadById() throws Exception {
    assertPlan(
        ReadTokens.OF_SUBJECT_AND_ISSUER,
        "token_by_subject",
        52,
        List.of(REALM, bytes(""), bytes("popular"), 0, 50));
    for (String sql : List.of(SecretSources.SELECT, ReadDetails.SELECT)) {
      assertPlan(sql.replace("<ids>", "?, ?, ?"), "PRIMARY", 5, List.of(1, 2, 3));
    }
  }

  @Test
  void anonymousTokens_areCountedAmongThoseWithoutASubject_inStretches() throws Exception {
    List<Step> steps =
        explain(
            CountAnonymous.COUNT.replace("subject = ''", "subject = 'popular'"),
            List.of(bytes(""), TIME, TIME, TIME, REALM, REALM, 0, 50));
    assertThat(steps)
        .filteredOn(step -> step.table().equals("token"))
        .singleElement()
        .satisfies(step -> assertThat(step.key()).isEqualTo("token_by_subject"));
    assertThat(steps)
        .filteredOn(step -> step.table().equals("e"))
        .singleElement()
        .satisfies(step -> assertThat(step.key()).isEqualTo("PRIMARY"));
  }

  @Test
  void listBehindSubject_readsOnePage_atBeginningMiddleAndEnd() throws Exception {
    for (String subject : new String[] {"", "popular", "s55", "s99", "z"}) {
      assertPlan(
          ReadTokens.BEHIND_SUBJECT, "token_by_subject", 52, List.of(REALM, bytes(subject), 50));
    }
  }

  @Test
  void accountByOneOfItsNames_readsOneRow() throws Exception {
    assertPlan(FindAccounts.BY_ID, "PRIMARY", 1, List.of(REALM, 77));
    assertPlan(FindAccounts.BY_NAME, "account_name", 1, List.of(REALM, bytes("n76")));
    assertPlan(FindAccounts.BY_EMAIL, "account_email", 1, List.of(REALM, bytes("e76")));
    assertPlan(FindAccounts.BY_PHONE, "account_phone", 1, List.of(REALM, bytes("p76")));
    assertPlan(FindAccounts.BY_QQ, "account_qq", 1, List.of(REALM, bytes("q76")));
    assertPlan(Accounts.LOCK, "PRIMARY", 1, List.of(REALM, 77));
    assertPlan(
        Accounts.REPLACE_HASH,
        "PRIMARY",
        1,
        List.of(bytes("x"), REALM, 77, bytes("$2y$10$" + "h".repeat(53))));
  }

  @Test
  void accountByLogin_readsOneRowAnIndex() throws Exception {
    for (String login : List.of("n76", "e76", "p76", "nobody")) {
      List<Object> values = List.of(REALM, bytes(login), REALM, bytes(login), REALM, bytes(login));
      // What an index has nothing for is left out of the plan.
      assertThat(explain(FindAccounts.BY_LOGIN, values))
          .filteredOn(step -> step.table().equals("account"))
          .extracting(Step::type)
          .allMatch(type -> type.equals("const"));
      assertThat(rowsRead(FindAccounts.BY_LOGIN, values)).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void moduleByName_readsOneRow_andItsParts() throws Exception {
    assertPlan(ModuleRows.BY_NAME, "module_name", 1, List.of(REALM, bytes("n76")));
    assertPlan(ModuleRows.PARTS, "sub_module_name", 4, List.of(3_000));
    assertPlan(ModuleRows.PARTS, "sub_module_name", 1_002, List.of(1));
  }

  @Test
  void listOfModules_readsOnePage_atBeginningMiddleAndEnd() throws Exception {
    for (String after : new String[] {"", "n5000", "n9996"}) {
      assertPlan(ModuleRows.LIST, "module_name", 52, List.of(REALM, bytes(after), 50));
    }
  }

  @Test
  void applicationByAppId_readsOneRow_andAListOnePage() throws Exception {
    assertPlan(Applications.BY_APP_ID, "application_app_id", 1, List.of(REALM, bytes("a76")));
    for (String after : new String[] {"", "a5000", "a9996"}) {
      assertPlan(Applications.LIST, "application_app_id", 52, List.of(REALM, bytes(after), 50));
    }
  }

  @Test
  void listOfAccounts_readsOnePage_atBeginningMiddleAndEnd() throws Exception {
    for (int after : new int[] {0, ROWS / 2, ROWS - 3}) {
      assertPlan(FindAccounts.LIST, "PRIMARY", 52, List.of(REALM, after, 50));
    }
  }

  @Test
  void sampleOfSchemes_readsOneRange() throws Exception {
    for (int after : new int[] {0, ROWS / 2, ROWS - 3}) {
      assertPlan(FindAccounts.SCHEMES, "PRIMARY", 102, List.of(REALM, after, after + ROWS / 10));
    }
  }

  @Test
  void largestAccountId_readsOneEntry() throws Exception {
    assertThat(explain(FindAccounts.LARGEST_ID, List.of(REALM)))
        .extracting(Step::extra)
        .containsExactly("select tables optimized away");
    assertThat(rowsRead(FindAccounts.LARGEST_ID, List.of(REALM))).isLessThanOrEqualTo(2);
  }

  @Test
  void endOfAnAccountsTokens_readsThemAlone() throws Exception {
    // It has twenty, all of them live.
    assertPlan(EndTokens.LIVE, "token_by_account", 21, List.of(REALM, 2));
    assertPlan(EndTokens.END, "token_by_account", 61, List.of(TIME, REALM, 2));
  }

  @Test
  void sessionBySidOrId_readsOneRow() throws Exception {
    assertPlan(FindSessions.BY_LOOKUP, "session_lookup", 1, List.of(sha256(77)));
    assertPlan(FindSessions.BY_ID, "PRIMARY", 1, List.of(77, REALM));
    assertPlan(Sessions.DESTROY_SOME, "session_by_account", 1_002, List.of(REALM));
    assertPlan(Sessions.REMOVE_EXPIRED, "session_lookup", 2, List.of(sha256(77), TIME));
    assertPlan(Sessions.UPDATE, "PRIMARY", 1, Arrays.asList(7, bytes("d"), TIME, 77));
    assertPlan(Sessions.DESTROY, "PRIMARY", 2, List.of(77, REALM));
    assertPlan(SlideSessions.SLIDE, "PRIMARY", 1, List.of(TIME + 2 * ROWS, 77));
  }

  @Test
  void listOfAnAccountsSessions_readsOnePage_atBeginningMiddleAndEnd() throws Exception {
    for (int after : new int[] {0, ROWS / 2, ROWS - 3}) {
      for (int account : new int[] {7, 101}) {
        assertPlan(
            FindSessions.LIST,
            "session_by_account",
            52,
            List.of(REALM, account, after, TIME - 1, 50));
      }
    }
  }

  @Test
  void remembered_readsOneRow() throws Exception {
    assertPlan(RememberedRequests.SELECT, "PRIMARY", 1, List.of(2, bytes("r77")));
  }

  @Test
  void retention_readsOneBatch_whetherLittleOrAllIsDue() throws Exception {
    for (long due : new long[] {TIME - 1, TIME + 100, TIME + ROWS / 2, TIME + 2 * ROWS}) {
      assertPlan(Retention.REQUESTS, "remembered_request_by_expiry", 1_002, List.of(due));
      assertPlan(Retention.AUDIT, "audit_by_time", 1_002, List.of(due));
      assertPlan(Retention.REVISIONS, "revision_by_time", 1_002, List.of(due));
      assertPlan(Retention.SESSIONS, "session_by_expiry", 1_002, List.of(due));
      assertPlan(Retention.REVOKED_JTIS, "revoked_jti_by_end", 1_002, List.of(due));
    }
  }

  @Test
  void sweep_readsOneStretchOfIds_andOneFamily() throws Exception {
    assertPlan(positional(SweepTokens.NEXT), "PRIMARY", 502, List.of(TIME, TIME, 7_000));
    assertPlan(
        positional(SweepTokens.DELETE_ALONE.replace("<ids>", "?, ?")),
        "PRIMARY",
        6,
        List.of(41, 42, TIME, TIME));
    assertPlan(positional(SweepTokens.STAYS), "token_by_family", 10, List.of(81, TIME, TIME));
    assertPlan(positional(SweepTokens.DELETE_MEMBERS), "token_by_family", 20, List.of(81, 81));
    assertPlan(positional(SweepTokens.DELETE_FIRST), "PRIMARY", 1, List.of(81));
  }

  private static String positional(String sql) {
    return sql.replaceAll(":[a-z]+", "?");
  }

  @Test
  void refresh_readsOneFamily() throws Exception {
    assertFamily(FindMembers.LIVE, List.of(sha256(81)));
    assertFamily(FindMembers.LAST_ENDED, List.of(sha256(84)));
    assertFamily(FindMembers.RENEWER, List.of(81, 81));
    assertFamily(FindMembers.BY_ID, List.of(82, REALM));
    assertPlan(FamilyRows.FIRST, "PRIMARY", 1, List.of(81));
    assertPlan(FamilyRows.LIVE, "token_by_family", 9, List.of(81));
    assertPlan(FamilyRows.END, "PRIMARY", 1, List.of(TIME, 82));
    assertPlan(RotateFamily.EXTEND, "PRIMARY", 1, List.of(TIME, 82));
    assertPlan(RotateFamily.OWE, "PRIMARY", 1, List.of(bytes("a"), TIME, 82));
    assertPlan(
        RotateFamily.SPEND, "PRIMARY", 1, List.of(TIME, TIME, bytes("a"), TIME, 82, bytes("s81")));
    for (int of : new int[] {81, 84}) {
      assertPlan(InsertToken.OTHER, "token_lookup", 3, List.of(sha256(of), 82));
    }
    assertFamily(BindFamily.BIND, List.of(bytes("s"), 1, bytes(""), 7, 82));
    assertPlan(ActiveAccounts.LOCK, "PRIMARY", 1, List.of(REALM, 77));
  }

  @Test
  void endsOfGroups_readOneEntryAnAxis_orWhatIsNew() throws Exception {
    List<Object> row =
        List.of(REALM, bytes("s1"), bytes("app"), bytes("7"), bytes("access"), bytes(""));
    for (int bound : new int[] {0, ROWS / 2, ROWS - 3}) {
      List<Object> values = new ArrayList<>(row);
      values.add(bound);
      for (String sql : List.of(EpochRows.END, EpochRows.END_SINCE)) {
        assertFamily(sql, values);
        assertThat(rowsRead(sql, values)).as(sql).isLessThanOrEqualTo(12);
      }
    }
    assertPlan(EpochTable.SINCE, "epoch_by_number", 21, List.of(REALM, ROWS - 21));
    assertPlan(EpochTable.NEXT, "PRIMARY", 1, List.of(REALM));
    assertPlan(EpochRows.HOLD, "PRIMARY", 1, List.of(REALM));
    assertPlan(EpochRows.TAKEN, "token_lookup", 1, List.of(sha256(81)));
  }

  @Test
  void erasingSeals_readsOneBatch_whetherLittleOrAllIsDue() throws Exception {
    for (long due : new long[] {TIME - 1, TIME + 100, TIME + ROWS / 2, TIME + 2 * ROWS}) {
      assertPlan(Retention.SEALS, "token_by_seal", 1_002, List.of(due));
    }
  }

  /** One row by an index, the live rows of its family, and the keys of its realm. */
  private void assertFamily(String sql, List<?> values) throws SQLException {
    assertThat(explain(sql, values))
        .as(sql)
        .allSatisfy(
            step -> {
              assertThat(step.type()).isNotIn("ALL", "index");
              assertThat(step.extra()).doesNotContain("filesort").doesNotContain("temporary");
            });
    assertThat(rowsRead(sql, values)).as(sql).isLessThanOrEqualTo(40);
  }

  @Test
  void signedByAKey_readsOneBatch() throws Exception {
    assertPlan(SigningKeys.ALONE, "token_by_key", 1_002, List.of(4));
    for (int after : new int[] {0, ROWS / 2, ROWS - 3}) {
      assertPlan(SigningKeys.FAMILIES, "token_by_key", 1_002, List.of(4, after));
    }
  }

  @Test
  void revokedJti_readsOneRow() throws Exception {
    assertPlan(ForeignTokens.REVOKED_JTI, "PRIMARY", 1, List.of(REALM, bytes("k1"), bytes("j7")));
  }

  @Test
  void adoptedByJti_readsOneRow() throws Exception {
    assertPlan(ForeignTokens.ADOPTED, "token_by_jti", 2, List.of(bytes("j80"), REALM));
  }

  @Test
  void plans_wereAskedOfEnoughRows() throws Exception {
    for (String table :
        List.of("token", "remembered_request", "revision", "account", "revoked_jti", "session")) {
      assertThat(mysql.query("SELECT COUNT(*) FROM " + table)).containsExactly("" + ROWS);
    }
  }

  private record Step(String table, String type, String key, String extra) {}

  private void assertPlan(String sql, String index, long mostRead, List<?> values)
      throws SQLException {
    List<Step> steps = explain(sql, values);
    assertThat(steps)
        .as(sql)
        .hasSize(1)
        .allSatisfy(
            step -> {
              assertThat(step.type()).isNotIn("ALL", "index");
              assertThat(step.key()).isEqualTo(index);
              assertThat(step.extra()).doesNotContain("filesort").doesNotContain("temporary");
            });
    assertThat(rowsRead(sql, values)).as(sql).isLessThanOrEqualTo(mostRead);
  }

  private List<Step> explain(String sql, List<?> values) throws SQLException {
    try (PreparedStatement statement = prepare("EXPLAIN " + sql, values);
        ResultSet row = statement.executeQuery()) {
      List<Step> steps = new ArrayList<>();
      while (row.next()) {
        steps.add(
            new Step(
                String.valueOf(row.getString("table")),
                String.valueOf(row.getString("type")),
                String.valueOf(row.getString("key")),
                String.valueOf(row.getString("Extra")).toLowerCase(Locale.ROOT)));
      }
      return steps;
    }
  }

  /** How many times the engine was asked for a row by a statement, which is rolled back. */
  private long rowsRead(String sql, List<?> values) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement statement = prepare(sql, values)) {
      long before = rowsRead();
      statement.execute();
      return rowsRead() - before;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private long rowsRead() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
      long total = 0;
      while (row.next()) {
        // Rows of MariaDB's internal temporary tables are counted as rnd_next, tables' scans too.
        total += row.getLong(2);
      }
      return total;
    }
  }

  private PreparedStatement prepare(String sql, List<?> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  /** Keys that have a live and a revoked token, a revoked one only, and none. */
  private static List<byte[]> lookups(int keys) {
    return IntStream.range(0, keys)
        .mapToObj(
            n ->
                switch (n % 3) {
                  case 0 -> sha256(8 * n + 1);
                  case 1 -> sha256(8 * n + 4);
                  default -> sha256(-n);
                })
        .toList();
  }

  private static byte[] sha256(int n) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes(Integer.toString(n)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
