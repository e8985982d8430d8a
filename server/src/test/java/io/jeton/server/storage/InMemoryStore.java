package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SessionStore;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Every port in memory: the fake for tests that need a store and no database. It passes the same
 * contract suites as MySQL. Safe for use by several threads.
 */
public final class InMemoryStore implements StoreUnderTest {
  private final InMemoryTables tables = new InMemoryTables();
  private final TokenLookup lookup = new InMemoryTokenLookup(tables);
  private final TokenReader reader = new InMemoryTokenReader(tables);
  private final TokenWriter writer = new InMemoryTokenWriter(tables);
  private final TokenFamilies families = new InMemoryTokenFamilies(tables);
  private final LicenceStore licences = new InMemoryLicenceStore(tables);
  private final TokenExtender tokenExtender = new InMemoryTokenExtender(tables);
  private final CallerStore callers = new InMemoryCallerStore(tables);
  private final AccountStore accounts = new InMemoryAccountStore(tables);
  private final AccountImports accountImports = new InMemoryAccountImports(tables);
  private final RealmStore realms = new InMemoryRealmStore(tables);
  private final SealingKeyStore sealingKeys = new InMemorySealingKeyStore(tables);
  private final SigningKeyStore signingKeys = new InMemorySigningKeyStore(tables);
  private final EpochStore epochs = new InMemoryEpochStore(tables);
  private final ForeignTokenStore foreignTokens = new InMemoryForeignTokenStore(tables);
  private final ModuleStore modules = new InMemoryModuleStore(tables);
  private final ApplicationStore applications = new InMemoryApplicationStore(tables);
  private final SessionStore sessions = new InMemorySessionStore(tables);

  @Override
  public TokenLookup tokenLookup() {
    return lookup;
  }

  @Override
  public TokenReader tokenReader() {
    return reader;
  }

  @Override
  public TokenWriter tokenWriter() {
    return writer;
  }

  @Override
  public TokenFamilies tokenFamilies() {
    return families;
  }

  @Override
  public LicenceStore licences() {
    return licences;
  }

  @Override
  public TokenExtender tokenExtender() {
    return tokenExtender;
  }

  @Override
  public AnonymousTokens anonymousTokens() {
    return this::countAnonymous;
  }

  private long countAnonymous(Realm realm, String issuer, Instant now, long most) {
    synchronized (tables) {
      return tables.live.values().stream()
          .filter(token -> token.realm().id() == realm.id() && token.issuer().equals(issuer))
          .filter(token -> token.subject().isEmpty() && !tables.ended.isEnded(token))
          .filter(token -> tables.refreshing(token.id()).partner() == null)
          .filter(
              token ->
                  token.expireTime().map(now::isBefore).orElse(true)
                      || Optional.ofNullable(token.attributes().ties().family())
                          .flatMap(Ties.Family::endTime)
                          .map(now::isBefore)
                          .orElse(false))
          .limit(most)
          .count();
    }
  }

  @Override
  public CallerStore callers() {
    return callers;
  }

  @Override
  public AccountStore accounts() {
    return accounts;
  }

  @Override
  public AccountImports accountImports() {
    return accountImports;
  }

  @Override
  public RealmStore realms() {
    return realms;
  }

  @Override
  public SealingKeyStore sealingKeys() {
    return sealingKeys;
  }

  @Override
  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  @Override
  public ForeignTokenStore foreignTokens() {
    return foreignTokens;
  }

  @Override
  public EpochStore epochs() {
    return epochs;
  }

  @Override
  public List<Integer> epochRevisions() {
    synchronized (tables) {
      return List.copyOf(tables.epochRevisions);
    }
  }

  @Override
  public ModuleStore modules() {
    return modules;
  }

  @Override
  public ApplicationStore applications() {
    return applications;
  }

  @Override
  public List<Integer> moduleRevisions() {
    synchronized (tables) {
      return List.copyOf(tables.moduleRevisions);
    }
  }

  @Override
  public List<Integer> applicationRevisions() {
    synchronized (tables) {
      return List.copyOf(tables.applicationRevisions);
    }
  }

  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public void putAccount(Realm realm, long id, AccountState state) {
    synchronized (tables) {
      tables.accountStates.put(List.of(realm.id(), id), state);
    }
  }

  @Override
  public List<Integer> keyRevisions() {
    synchronized (tables) {
      return List.copyOf(tables.keyRevisions);
    }
  }

  @Override
  public List<AuditRecord> audit() {
    synchronized (tables) {
      return List.copyOf(tables.audit);
    }
  }

  @Override
  public List<Lookup> revisions() {
    synchronized (tables) {
      return List.copyOf(tables.revisions);
    }
  }

  @Override
  public List<AccountId> accountRevisions() {
    synchronized (tables) {
      return List.copyOf(tables.accountRevisions);
    }
  }

  /** Ends one row and leaves its family. */
  void endAlone(Token token, Instant at) {
    synchronized (tables) {
      tables.end(token, at);
    }
  }
}
