package io.jeton.server.api;

import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One import: takes records in their order and keeps count. One thread at a time; blocks.
 *
 * <p>What is wrong with a record is a problem in the answer; everything else, such as a permission
 * or a store that does not answer, is thrown.
 */
public final class ImportSession {
  private final ImportRecords records;
  private final boolean validateOnly;
  private final Identity identity;
  private final ImportTally tally;
  private final AccountForecast forecast = new AccountForecast();
  private final Set<String> newRealms = new HashSet<>();
  private final Set<String> realmsWithNewIds = new HashSet<>();

  ImportSession(ImportRecords records, boolean validateOnly, Identity identity) {
    this.records = records;
    this.validateOnly = validateOnly;
    this.identity = identity;
    this.tally = new ImportTally(validateOnly);
  }

  /** Whether a record was refused that ends the import. */
  public boolean isStopped() {
    return tally.isStopped();
  }

  /** What was done so far. */
  public ImportResponse response() {
    return tally.response();
  }

  /**
   * Takes the next records.
   *
   * @throws RefusedException when it cannot go on; the records before stay
   */
  public void take(List<ImportRequest> batch) {
    int begin = 0;
    while (begin < batch.size() && !isStopped()) {
      ImportRequest first = batch.get(begin);
      int end = begin + 1;
      if (first.hasAccount()) {
        while (end < batch.size() && isSameRealm(first, batch.get(end))) {
          end++;
        }
        takeAccounts(batch.subList(begin, end));
      } else {
        takeOne(first);
      }
      begin = end;
    }
  }

  private static boolean isSameRealm(ImportRequest first, ImportRequest other) {
    return other.hasAccount() && realmName(first).equals(realmName(other));
  }

  private static String realmName(ImportRequest account) {
    return named(account.getAccount().getAccount().getRealm());
  }

  private static String named(String realm) {
    return realm.isEmpty() ? RealmName.DEFAULT.value() : realm;
  }

  private void takeOne(ImportRequest request) {
    try {
      switch (request.getRecordCase()) {
        case REALM -> takeRealm(request);
        case SIGNING_KEY -> takeKey(request);
        case REVOKED_JTI -> takeRevokedJti(request);
        case SESSION -> takeSession(request);
        case ACCOUNT, APPLICATION, MODULE, TOKEN, RECORD_NOT_SET ->
            throw RefusedException.ofField("", "is no record, or is larger than 128 KiB");
      }
    } catch (RefusedException e) {
      tally.refused(request.getLine(), e);
    }
  }

  private void takeRealm(ImportRequest request) {
    Access.requireAdministrator(identity.caller());
    ImportRealms.RealmWithZone realm = records.realms().read(request.getRealm());
    if (validateOnly) {
      Imported outcome = records.realms().forecast(realm);
      boolean isNew = outcome == Imported.CREATED && newRealms.add(realm.name().value());
      tally.done(outcome == Imported.CREATED && !isNew ? Imported.UNCHANGED : outcome);
    } else {
      tally.done(records.realms().apply(realm, identity.actor()));
    }
  }

  private void takeKey(ImportRequest request) {
    var key = records.keys().read(request.getSigningKey());
    Optional<Realm> realm = realm(key.getRealm());
    records.keys().warning(key).ifPresent(text -> tally.warn(request, "key.secret", text));
    Supplier<Imported> forecast =
        () -> realm.map(each -> records.keys().forecast(each, key)).orElse(Imported.CREATED);
    tally.done(
        validateOnly
            ? forecast.get()
            : records.keys().apply(realm.orElseThrow(), key, identity.actor()));
  }

  private void takeRevokedJti(ImportRequest request) {
    var token = records.keys().read(request.getRevokedJti());
    Optional<Realm> realm = realm(token.getRealm());
    Supplier<Imported> forecast =
        () -> realm.map(each -> records.keys().forecast(each, token)).orElse(Imported.CREATED);
    tally.done(
        validateOnly
            ? forecast.get()
            : records.keys().apply(realm.orElseThrow(), token, identity.actor()));
  }

  private void takeSession(ImportRequest request) {
    var session = records.sessions().read(request.getSession());
    Optional<Realm> realm = realm(session.realm());
    tally.done(
        validateOnly
            ? records.sessions().forecast(named(session.realm()), realm, session, forecast)
            : records.sessions().apply(realm.orElseThrow(), session, identity.actor()));
  }

  /** A record's realm; empty when it is one that this import would make. */
  private Optional<Realm> realm(String name) {
    try {
      return Optional.of(records.realm(name, identity));
    } catch (RefusedException e) {
      if (e.refusal() == Refusal.REALM_NOT_FOUND && newRealms.contains(named(name))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void takeAccounts(List<ImportRequest> requests) {
    Optional<Realm> realm;
    try {
      realm = realm(realmName(requests.get(0)));
    } catch (RefusedException e) {
      requests.forEach(each -> tally.refused(each.getLine(), e));
      return;
    }
    List<ImportAccounts.Line> lines = new ArrayList<>();
    for (ImportRequest request : requests) {
      Optional<RefusedException> problem = read(request, lines);
      if (problem.isPresent()) {
        if (!validateOnly) {
          apply(realm.orElseThrow(), lines);
          lines.clear();
        }
        tally.refused(request.getLine(), problem.get());
        if (isStopped()) {
          return;
        }
      }
    }
    if (validateOnly) {
      records.accounts().forecast(realmName(requests.get(0)), realm, lines, forecast, tally);
    } else {
      apply(realm.orElseThrow(), lines);
    }
  }

  private void apply(Realm realm, List<ImportAccounts.Line> lines) {
    records.accounts().apply(realm, lines, identity.actor(), tally);
  }

  private Optional<RefusedException> read(ImportRequest request, List<ImportAccounts.Line> lines) {
    try {
      ImportAccounts.Line line = records.accounts().read(request);
      String realm = realmName(request);
      if (line.account().id().isEmpty()) {
        realmsWithNewIds.add(realm);
      } else if (realmsWithNewIds.contains(realm)) {
        // It could name an account that got this very id a few lines above.
        throw RefusedException.ofField(
            "account.id", "must not come after an account of the realm without an id");
      }
      lines.add(line);
      return Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(e);
    }
  }
}
