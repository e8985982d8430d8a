package io.jeton.server;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.api.Access;
import io.jeton.server.api.Acts;
import io.jeton.server.api.Adoptions;
import io.jeton.server.api.AnonymousQuotas;
import io.jeton.server.api.BindTokens;
import io.jeton.server.api.EnsureAccounts;
import io.jeton.server.api.ExtendTokens;
import io.jeton.server.api.ForeignTokenAdopter;
import io.jeton.server.api.ImportAccounts;
import io.jeton.server.api.ImportKeys;
import io.jeton.server.api.ImportRealms;
import io.jeton.server.api.ImportRecords;
import io.jeton.server.api.ImportTokens;
import io.jeton.server.api.IssueToken;
import io.jeton.server.api.ManageCallers;
import io.jeton.server.api.ManageTokens;
import io.jeton.server.api.RefreshTokens;
import io.jeton.server.api.RevokeGroups;
import io.jeton.server.api.SecretSources;
import io.jeton.server.api.Services;
import io.jeton.server.api.TokenSigner;
import io.jeton.server.api.Validation;
import io.jeton.server.api.VerifyTokens;
import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.storage.mysql.MySqlStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;

/**
 * What a node can do.
 *
 * @param services what is answered
 * @param signing what is done with signing keys
 * @param logins what is done with accounts
 * @param registry what is done with modules and applications
 * @param sessions what is done with sessions
 */
record Assembly(
    Services services, Signing signing, Logins logins, Registry registry, WebSessions sessions)
    implements AutoCloseable {
  /**
   * What it is made of.
   *
   * @param blocking where calls that block run; it may reject
   * @param hashing where passwords are hashed; it may reject
   */
  record Parts(
      JetonConfig config,
      MySqlStore store,
      TokenCache cache,
      LastUses uses,
      Snapshots snapshots,
      Sealer sealer,
      Executor blocking,
      Executor hashing,
      NodeMetrics metrics,
      InstantSource clock) {}

  /** Puts it together. Blocks. */
  static Assembly of(Parts parts) {
    MySqlStore store = parts.store;
    TokenCache cache = parts.cache;
    Snapshots snapshots = parts.snapshots;
    InstantSource clock = parts.clock;
    Access access = new Access(snapshots.realms());
    Validation validation = new Validation();
    TokenIds ids = new TokenIds(clock, new SecureRandom());
    Logins logins = Logins.of(parts, access, validation);
    Registry registry = Registry.of(store, parts.sealer, access, validation, clock);
    BiPredicate<Realm, String> disabled = registry.applications()::isDisabled;
    WebSessions sessions = WebSessions.of(parts, access, validation);
    Signing signing =
        Signing.of(store, parts.sealer, access, validation, snapshots.realms(), cache, ids, clock);
    TokenSigner signer = signing.signer();
    ForeignTokenAdopter adopter = signing.foreignTokens();
    Adoptions adoptions = new Adoptions(adopter, parts.blocking, parts.config.timeouts().verify());
    Acts acts = new Acts(store.actLog(), parts.blocking, parts.config.timeouts().verify(), clock);
    SecretSources sources = new SecretSources(parts.sealer, signing.keys());
    LicenceStore licences = store.licences();
    TokenReader reader = store.tokenReader();
    TokenWriter writer = store.tokenWriter();
    TokenFamilies families = store.tokenFamilies();
    Epochs epochs = snapshots.epochs().epochs();
    Services services =
        new Services(
            new VerifyTokens(
                access,
                cache,
                registry.modules(),
                parts.uses,
                epochs,
                adoptions,
                acts,
                disabled,
                clock,
                parts.metrics),
            new IssueToken(
                access,
                validation,
                disabled,
                writer,
                cache,
                parts.sealer,
                ids,
                signer,
                registry.modules(),
                new AnonymousQuotas(store.anonymousTokens(), Workers.counting(), clock),
                clock),
            new RefreshTokens(
                access,
                validation,
                disabled,
                families,
                reader,
                epochs,
                cache,
                ids,
                signer,
                adopter,
                clock),
            new BindTokens(
                access, validation, families, licences, reader, registry.modules(), cache, clock),
            new ManageTokens(
                access,
                validation,
                reader,
                writer,
                registry.modules(),
                parts.uses,
                epochs,
                cache,
                adopter,
                sources,
                clock),
            new ExtendTokens(
                access,
                validation,
                store.tokenExtender(),
                reader,
                registry.modules(),
                cache,
                clock),
            new RevokeGroups(access, validation, store.epochs(), epochs, registry.modules(), clock),
            new ManageCallers(
                validation,
                store.callers(),
                snapshots.callers()::refreshQuietly,
                snapshots.callers()::refresh,
                clock),
            signing.manage(),
            logins.accounts(),
            new EnsureAccounts(access, validation, store.accounts(), clock),
            logins.checkPasswords(),
            registry.manageModules(),
            registry.manageApplications(),
            sessions.manage(),
            new ImportRecords(
                access,
                new ImportRealms(validation, store.realms(), snapshots.realms()::refresh, clock),
                new ImportAccounts(
                    validation,
                    store.accountImports(),
                    store.accounts(),
                    logins.hashing(),
                    cache,
                    clock),
                new ImportKeys(validation, signing.keys(), store.foreignTokens(), cache, clock),
                registry.importModules(validation, store, clock),
                registry.importApplications(validation, store, clock),
                new ImportTokens(
                    validation,
                    store.tokenImports(),
                    store.accounts(),
                    registry.licensed(),
                    cache,
                    parts.sealer,
                    ids,
                    clock),
                sessions.imports()));
    return new Assembly(services, signing, logins, registry, sessions);
  }

  /** Has what it holds in memory read again from now on. */
  void keepFresh(Background background) {
    background.every(Snapshots.PERIOD, signing::refreshQuietly);
    logins.keepFresh(background);
    registry.keepFresh(background);
  }

  /** Writes what is still to be written. Blocks. */
  @Override
  public void close() {
    sessions.slides().close();
  }

  static TokenCache cache(MySqlStore store, JetonConfig config) {
    return new TokenCache(
        store.tokenLookup(),
        new TokenCache.Settings(
            config.cache().bytes(),
            config.cache().absentEntries(),
            config.cache().absentTime(),
            config.timeouts().verify(),
            config.database().readers(),
            config.cache().waitingLoads()),
        Ticker.systemTicker());
  }
}
