package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedToken;
import io.jeton.server.domain.ImportedToken.Present;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenImports;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.TokenRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports tokens. Blocks; safe for use by several threads. */
public final class ImportTokens {
  private static final int ATTEMPTS = 10;

  private final Validation validation;
  private final TokenImports store;
  private final AccountStore accounts;
  private final LicensedModules modules;
  private final Publishing publishing;
  private final Sealer sealer;
  private final TokenIds ids;
  private final InstantSource clock;

  public ImportTokens(
      Validation validation,
      TokenImports store,
      AccountStore accounts,
      LicensedModules modules,
      TokenCache cache,
      Sealer sealer,
      TokenIds ids,
      InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.accounts = accounts;
    this.modules = modules;
    this.publishing = new Publishing(cache);
    this.sealer = sealer;
    this.ids = ids;
    this.clock = clock;
  }

  /** A record that is within its limits, by the number of its line. */
  record Line(long number, TokenRecord record) {}

  Line read(ImportRequest request) {
    validation.require(request.getToken());
    TokenRecords.require(request.getToken());
    return new Line(request.getLine(), request.getToken());
  }

  /** Tokens up to the first that is refused. */
  private record Batch(List<ImportedToken> tokens, Optional<RefusedException> refused) {}

  /** Brings tokens to what is said of them, until one is refused. */
  void apply(Realm realm, List<Line> lines, Actor actor, ImportTally tally) {
    Instant now = clock.instant();
    for (int attempt = 1; ; attempt++) {
      Batch batch = batch(realm, lines, now);
      try {
        List<Imported> outcomes =
            publishing.publish(touched -> store.apply(realm, batch.tokens, now, actor, touched));
        outcomes.forEach(tally::done);
        batch.refused.ifPresent(e -> tally.refused(lines.get(batch.tokens.size()).number, e));
        return;
      } catch (DuplicateIdException e) {
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      }
    }
  }

  /** Says what would become of tokens. */
  void forecast(
      String realmName,
      Optional<Realm> realm,
      List<Line> lines,
      TokenForecast forecast,
      ImportTally tally) {
    for (Line line : lines) {
      if (tally.isStopped()) {
        return;
      }
      try {
        tally.done(forecast(realmName, realm, line.record, forecast));
      } catch (RefusedException e) {
        tally.refused(line.number, e);
      }
    }
  }

  private Imported forecast(
      String realmName, Optional<Realm> realm, TokenRecord record, TokenForecast forecast) {
    Optional<AccountId> account = Optional.empty();
    boolean isNew = realm.isEmpty();
    if (record.hasAccount()) {
      AccountRef ref = AccountMessages.ref(record.getAccount());
      account = realm.flatMap(each -> account(each, ref));
      if (account.isEmpty() && !forecast.hasAccount(realmName, ref)) {
        throw noAccount();
      }
    }
    Optional<LicensedModule> module = Optional.empty();
    if (!record.getModule().isEmpty()) {
      module = realm.flatMap(each -> modules.find(each, record.getModule(), record.getSubModule()));
      if (module.isEmpty() && !forecast.hasModule(realmName, record)) {
        throw noModule();
      }
      isNew |= module.isEmpty();
    }
    if (!forecast.isFirst(realmName, record)) {
      return Imported.UNCHANGED;
    }
    return isNew ? Imported.CREATED : forecast(realm.orElseThrow(), record, account, module);
  }

  private Imported forecast(
      Realm realm,
      TokenRecord record,
      Optional<AccountId> account,
      Optional<LicensedModule> module) {
    ImportedToken token =
        TokenRecords.token(realm, record, account, module, ids.next(), clock.instant(), sealer);
    Lookup lookup = token.token().lookup();
    Map<Lookup, Optional<Present>> present = store.present(List.of(lookup));
    if (!present.containsKey(lookup)) {
      return Imported.CREATED;
    }
    Optional<Present> live = present.get(lookup);
    live.ifPresent(each -> requireIssuer(record, each.token().issuer()));
    return live.map(token::outcome).orElse(Imported.UNCHANGED);
  }

  private Batch batch(Realm realm, List<Line> lines, Instant now) {
    Map<AccountRef, Optional<AccountId>> known = new HashMap<>();
    List<ImportedToken> tokens = new ArrayList<>();
    try {
      for (Line line : lines) {
        tokens.add(token(realm, line.record, known, now));
      }
    } catch (RefusedException e) {
      return checked(lines, new Batch(tokens, Optional.of(e)));
    }
    return checked(lines, new Batch(tokens, Optional.empty()));
  }

  /** The batch up to the first token that another contract instance has, or gets in it. */
  private Batch checked(List<Line> lines, Batch batch) {
    List<Lookup> keys = batch.tokens.stream().map(each -> each.token().lookup()).toList();
    Map<Lookup, Optional<Present>> present = store.present(keys);
    Map<Lookup, String> issuers = new HashMap<>();
    for (int n = 0; n < keys.size(); n++) {
      try {
        TokenRecord record = lines.get(n).record;
        String issuer =
            present
                .getOrDefault(keys.get(n), Optional.empty())
                .map(live -> live.token().issuer())
                .orElse(record.getIssuer());
        requireIssuer(record, issuers.computeIfAbsent(keys.get(n), first -> issuer));
      } catch (RefusedException e) {
        return new Batch(batch.tokens.subList(0, n), Optional.of(e));
      }
    }
    return batch;
  }

  private ImportedToken token(
      Realm realm, TokenRecord record, Map<AccountRef, Optional<AccountId>> known, Instant now) {
    Optional<AccountId> account = Optional.empty();
    if (record.hasAccount()) {
      account =
          known.computeIfAbsent(
              AccountMessages.ref(record.getAccount()), ref -> account(realm, ref));
      if (account.isEmpty()) {
        throw noAccount();
      }
    }
    Optional<LicensedModule> module = Optional.empty();
    if (!record.getModule().isEmpty()) {
      module = modules.find(realm, record.getModule(), record.getSubModule());
      if (module.isEmpty()) {
        throw noModule();
      }
    }
    return TokenRecords.token(realm, record, account, module, ids.next(), now, sealer);
  }

  private Optional<AccountId> account(Realm realm, AccountRef ref) {
    return accounts.credentials(realm, ref).map(found -> found.account().id());
  }

  private static RefusedException noAccount() {
    return RefusedException.ofField("account", "names no account");
  }

  private static RefusedException noModule() {
    return RefusedException.ofField("module", "names no module, or no such sub-module");
  }

  private static void requireIssuer(TokenRecord record, String issuer) {
    if (!issuer.equals(record.getIssuer())) {
      throw anotherContracts();
    }
  }

  /** The refusal of a token that another contract instance has. */
  static RefusedException anotherContracts() {
    return RefusedException.ofField("token", "must not be one of another contract");
  }
}
