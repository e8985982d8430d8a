package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.ActLog;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SessionStore;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.storage.mysql.DatabaseAddress;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.storage.mysql.MySqlStore;
import io.jeton.server.testing.MariaDbExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A migrated database for the test class that registers it, and the ports on it. */
public final class MySqlStoreExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, StoreUnderTest {
  /** More than any test has threads, so that none waits for a connection. */
  public static final int CONNECTIONS = 34;

  private static final List<String> TABLES =
      List.of(
          "token",
          "session",
          "revoked_jti",
          "foreign_token_policy",
          "signing_key",
          "account",
          "remembered_request",
          "revision",
          "lane",
          "audit",
          "caller_grant",
          "caller",
          "account",
          "sealing_key",
          "epoch",
          "sub_module",
          "module",
          "application",
          "realm");

  private final MariaDbExtension database = new MariaDbExtension();
  private final boolean emptied;
  private MySqlStore store;

  /** One whose rows are deleted before each test. */
  public MySqlStoreExtension() {
    this(true);
  }

  private MySqlStoreExtension(boolean emptied) {
    this.emptied = emptied;
  }

  /** One whose rows stay from test to test, for tests that only ask. */
  public static MySqlStoreExtension keepingRows() {
    return new MySqlStoreExtension(false);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    new Migrations(address()).migrate();
    store = MySqlStore.open(address(), CONNECTIONS, () -> Samples.NOW);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    if (emptied) {
      empty();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (store != null) {
      store.close();
    }
    database.afterAll(context);
  }

  /**
   * Deletes every row. The ids of the deleted realms are not given again. Lanes stay registered in
   * this process without their rows, which nothing asks for.
   */
  private void empty() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("DELETE FROM " + table);
      }
    }
  }

  public DatabaseAddress address() {
    return new DatabaseAddress(database.jdbcUrl(), database.user(), database.password());
  }

  public MySqlStore store() {
    return store;
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return database.connect();
  }

  /** The first column of every row. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  @Override
  public TokenLookup tokenLookup() {
    return store.tokenLookup();
  }

  @Override
  public TokenReader tokenReader() {
    return store.tokenReader();
  }

  @Override
  public TokenWriter tokenWriter() {
    return store.tokenWriter();
  }

  @Override
  public TokenFamilies tokenFamilies() {
    return store.tokenFamilies();
  }

  @Override
  public LicenceStore licences() {
    return store.licences();
  }

  @Override
  public TokenExtender tokenExtender() {
    return store.tokenExtender();
  }

  @Override
  public AnonymousTokens anonymousTokens() {
    return store.anonymousTokens();
  }

  @Override
  public CallerStore callers() {
    return store.callers();
  }

  @Override
  public AccountStore accounts() {
    return store.accounts();
  }

  @Override
  public AccountImports accountImports() {
    return store.accountImports();
  }

  @Override
  public RealmStore realms() {
    return store.realms();
  }

  @Override
  public SealingKeyStore sealingKeys() {
    return store.sealingKeys();
  }

  @Override
  public SigningKeyStore signingKeys() {
    return store.signingKeys();
  }

  public ActLog actLog() {
    return store.actLog();
  }

  @Override
  public ForeignTokenStore foreignTokens() {
    return store.foreignTokens();
  }

  @Override
  public EpochStore epochs() {
    return store.epochs();
  }

  @Override
  public List<Integer> epochRevisions() {
    return revisionsOf("epoch");
  }

  @Override
  public ModuleStore modules() {
    return store.modules();
  }

  @Override
  public ApplicationStore applications() {
    return store.applications();
  }

  @Override
  public List<Integer> moduleRevisions() {
    return revisionsOf("module_id");
  }

  @Override
  public List<Integer> applicationRevisions() {
    return revisionsOf("application_id");
  }

  private List<Integer> revisionsOf(String column) {
    try {
      return query("SELECT " + column + " FROM revision WHERE " + column + " IS NOT NULL").stream()
          .map(Integer::valueOf)
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SessionStore sessions() {
    return store.sessions();
  }

  @Override
  public void putAccount(Realm realm, long id, AccountState state) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "REPLACE INTO account (realm_id, account_id, disable_time, ban_time, end_time,"
                    + " profile, create_time, update_time) VALUES (?, ?, ?, ?, ?, '{}', 0, 0)")) {
      statement.setInt(1, realm.id());
      statement.setLong(2, id);
      statement.setObject(3, state.disableTime().map(Micros::of).orElse(null));
      statement.setObject(4, state.banTime().map(Micros::of).orElse(null));
      statement.setObject(5, state.endTime().map(Micros::of).orElse(null));
      statement.executeUpdate();
    }
  }

  @Override
  public List<Integer> keyRevisions() {
    try {
      return query("SELECT signing_key_id FROM revision WHERE signing_key_id IS NOT NULL").stream()
          .map(Integer::valueOf)
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<AuditRecord> audit() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM audit ORDER BY audit_id")) {
      List<AuditRecord> records = new ArrayList<>();
      while (row.next()) {
        Actor actor =
            new Actor(row.getInt("caller_id"), text(row, "address"), text(row, "request_id"));
        records.add(
            new AuditRecord(
                Micros.toInstant(row.getLong("audit_time")),
                actor,
                text(row, "action"),
                text(row, "realm"),
                text(row, "target")));
      }
      return records;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Lookup> revisions() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT lookup FROM revision WHERE lookup IS NOT NULL")) {
      List<Lookup> lookups = new ArrayList<>();
      while (row.next()) {
        lookups.add(Lookup.of(row.getBytes(1)));
      }
      return lookups;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<AccountId> accountRevisions() {
    try {
      return query("SELECT account_id FROM revision WHERE account_id IS NOT NULL").stream()
          .map(id -> AccountId.parse(id).orElseThrow())
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return new String(row.getBytes(column), StandardCharsets.UTF_8);
  }
}
