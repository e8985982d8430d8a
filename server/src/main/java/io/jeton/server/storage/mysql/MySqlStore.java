package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.ActLog;
import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SessionStore;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenImports;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.feed.Lanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The ports on a MySQL or MariaDB whose schema is this program's. Safe for use by several threads;
 * every method of every port blocks for at most a few seconds.
 */
public final class MySqlStore implements AutoCloseable {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private final ConnectionPool pool;
  private final Transactions transactions;
  private final TokenLookup lookup;
  private final TokenReader reader;
  private final TokenWriter writer;
  private final TokenFamilies families;
  private final AnonymousTokens anonymousTokens;
  private final ActLog actLog;
  private final LicenceStore licences;
  private final TokenExtender extender;
  private final TokenImports tokenImports;
  private final CallerStore callers;
  private final AccountStore accounts;
  private final AccountImports accountImports;
  private final RealmStore realms;
  private final SealingKeyStore sealingKeys;
  private final SigningKeyStore signingKeys;
  private final ForeignTokenStore foreignTokens;
  private final EpochStore epochs;
  private final ModuleStore modules;
  private final ApplicationStore applications;
  private final SessionStore sessions;
  private final Retention retention;

  private MySqlStore(ConnectionPool pool, InstantSource clock, StoreWatch watch) {
    this.pool = pool;
    Jdbi jdbi = Jdbi.create(pool);
    // An error's text must not show what a statement was given.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    Transactions transactions =
        new Transactions(jdbi, new Lanes(new Revisions(jdbi, clock))).watched(watch);
    this.transactions = transactions.about("probe");
    Realms realmTable = new Realms(transactions.about("realms"));
    TokenRows rows = new TokenRows(realmTable);
    FindTokens finder = new FindTokens(transactions.about("verify"), rows);
    ReadTokens tokens = new ReadTokens(transactions.about("tokens"), rows, finder);
    this.lookup = finder;
    this.reader = tokens;
    FindMembers members = new FindMembers(transactions.about("families"), rows);
    RevokeTokens revoke = new RevokeTokens(transactions.about("revoke"), tokens, members);
    this.writer = new WriteTokens(transactions.about("issue"), revoke);
    this.families =
        new Families(
            members,
            new FindTogether(transactions.about("families"), members),
            new RotateFamily(transactions.about("refresh")),
            revoke,
            new BindFamily(transactions.about("bind"), tokens, members));
    this.anonymousTokens = new CountAnonymous(transactions.about("anonymous_tokens"));
    this.actLog = new WriteActs(transactions.about("acts"));
    this.licences = new Licences(transactions.about("licences"), tokens);
    this.extender = new ExtendToken(transactions.about("extend"), tokens, members);
    this.tokenImports = new ImportTokens(transactions.about("import"), rows);
    this.callers = new Callers(transactions.about("callers"));
    Accounts accountTable = new Accounts(transactions.about("accounts"));
    this.accounts = accountTable;
    this.accountImports = new ImportAccounts(transactions.about("import"), accountTable);
    this.realms = realmTable;
    this.sealingKeys = new SealingKeys(transactions.about("keys"));
    this.signingKeys = new SigningKeys(transactions.about("keys"), realmTable);
    this.foreignTokens = new ForeignTokens(transactions.about("foreign_tokens"), rows);
    this.epochs = new EpochTable(transactions.about("epochs"), realmTable);
    this.modules = new Modules(transactions.about("modules"), realmTable);
    this.applications = new Applications(transactions.about("applications"), realmTable);
    this.sessions = new Sessions(transactions.about("sessions"), new SessionRows(realmTable));
    this.retention = new Retention(transactions.about("retention"));
  }

  /** Opens a pool of connections. Does not connect yet. */
  public static MySqlStore open(DatabaseAddress address, int connections, InstantSource clock) {
    return open(address, connections, clock, StoreWatch.NONE);
  }

  /** Opens a pool of connections whose questions somebody is told of. Does not connect yet. */
  public static MySqlStore open(
      DatabaseAddress address, int connections, InstantSource clock, StoreWatch watch) {
    return new MySqlStore(ConnectionPool.open(address, connections), clock, watch);
  }

  /**
   * Asks the database what it is. Blocks.
   *
   * @throws io.jeton.server.domain.RefusedException when it does not answer
   */
  public Engine engine() {
    return Engine.ask(transactions);
  }

  /**
   * Connects once, so that a wrong address or a server that no node can work with is found at
   * start-up. Blocks.
   *
   * @param connections how many a node may use
   * @return what an operator should know about the server, a line each
   * @throws DatabaseException with one line that says why it cannot be used
   */
  public static List<String> probe(DatabaseAddress address, int connections)
      throws DatabaseException {
    try (Connection connection =
        new Connector(address, PROBE_TIMEOUT, PROBE_TIMEOUT).getConnection()) {
      ServerVariables variables = ServerVariables.read(connection);
      Optional<String> obstacle = variables.obstacle();
      if (obstacle.isPresent()) {
        throw new DatabaseException(obstacle.get());
      }
      return variables.warnings(connections);
    } catch (SQLException e) {
      throw new DatabaseException(DatabaseProblems.oneLine(e), e);
    }
  }

  public TokenLookup tokenLookup() {
    return lookup;
  }

  public TokenReader tokenReader() {
    return reader;
  }

  public TokenWriter tokenWriter() {
    return writer;
  }

  public TokenFamilies tokenFamilies() {
    return families;
  }

  public TokenImports tokenImports() {
    return tokenImports;
  }

  public AnonymousTokens anonymousTokens() {
    return anonymousTokens;
  }

  public ActLog actLog() {
    return actLog;
  }

  public LicenceStore licences() {
    return licences;
  }

  public TokenExtender tokenExtender() {
    return extender;
  }

  public CallerStore callers() {
    return callers;
  }

  public AccountImports accountImports() {
    return accountImports;
  }

  public AccountStore accounts() {
    return accounts;
  }

  public RealmStore realms() {
    return realms;
  }

  public SealingKeyStore sealingKeys() {
    return sealingKeys;
  }

  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  public ForeignTokenStore foreignTokens() {
    return foreignTokens;
  }

  public EpochStore epochs() {
    return epochs;
  }

  public ModuleStore modules() {
    return modules;
  }

  public ApplicationStore applications() {
    return applications;
  }

  public SessionStore sessions() {
    return sessions;
  }

  public Retention retention() {
    return retention;
  }

  /** Replaces every connection, those in use once they are given back. Does not block. */
  public void renewConnections() {
    pool.renew();
  }

  /** How the pool of connections stands. Does not block. */
  public PoolState connections() {
    return pool.state();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** A database that cannot be used; the message is one line for a person. */
  public static final class DatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message) {
      super(message);
    }

    DatabaseException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
