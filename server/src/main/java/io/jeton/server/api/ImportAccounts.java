package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.ImportRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Imports accounts. Blocks; safe for use by several threads. */
public final class ImportAccounts {
  private static final int WEAK_BCRYPT_COST = 7;

  private final Validation validation;
  private final AccountImports store;
  private final AccountStore accounts;
  private final Hashing hashing;
  private final TokenCache cache;
  private final InstantSource clock;

  public ImportAccounts(
      Validation validation,
      AccountImports store,
      AccountStore accounts,
      Hashing hashing,
      TokenCache cache,
      InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.accounts = accounts;
    this.hashing = hashing;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * A record that is within its limits.
   *
   * @param account without a hash when the password is given in clear
   */
  record Line(ImportRequest request, ImportedAccount account, Optional<Secret> password) {
    long number() {
      return request.getLine();
    }
  }

  Line read(ImportRequest request) {
    validation.require(request.getAccount());
    CreateAccountRequest account = request.getAccount().getAccount();
    ImportedAccount asked =
        new ImportedAccount(
            id(account),
            names(account),
            account.hasPasswordHash()
                ? Optional.of(Secret.of(account.getPasswordHash()))
                : Optional.empty(),
            account.hasDisabled() ? Optional.of(account.getDisabled()) : Optional.empty(),
            account.hasBanned() ? Optional.of(account.getBanned()) : Optional.empty(),
            Optional.of(account.getProfile()).filter(text -> !text.isEmpty()));
    requireUsable(asked);
    return new Line(
        request,
        asked,
        account.hasPassword() ? Optional.of(Secret.of(account.getPassword())) : Optional.empty());
  }

  /** Brings accounts to what is said of them, until one is refused. */
  void apply(Realm realm, List<Line> lines, Actor actor, ImportTally tally) {
    if (lines.isEmpty()) {
      return;
    }
    List<ImportedAccount> records = new ArrayList<>();
    lines.forEach(line -> records.add(hashed(realm, line)));
    Set<Lookup> ending = new HashSet<>();
    AccountImports.Applied applied;
    try {
      applied = store.apply(realm, records, clock.instant(), actor, ending::add);
    } catch (RuntimeException e) {
      ending.forEach(cache::doubted);
      throw e;
    }
    ending.forEach(cache::changed);
    for (int n = 0; n < applied.outcomes().size(); n++) {
      tally.done(applied.outcomes().get(n));
      warn(lines.get(n), tally);
    }
    applied
        .taken()
        .ifPresent(
            field ->
                tally.refused(
                    lines.get(applied.outcomes().size()).number(),
                    RefusedException.ofTaken(field)));
  }

  /** Says what would become of accounts; passwords in clear are not tried. */
  void forecast(
      String realmName,
      Optional<Realm> realm,
      List<Line> lines,
      AccountForecast forecast,
      ImportTally tally) {
    List<ImportedAccount> records = lines.stream().map(Line::account).toList();
    AccountHolders holders =
        new AccountHolders(realm.isPresent() ? store.holders(realm.get(), records) : List.of());
    for (Line line : lines) {
      if (tally.isStopped()) {
        return;
      }
      try {
        tally.done(forecast.of(realmName, line.account, holders));
        warn(line, tally);
      } catch (RefusedException e) {
        tally.refused(line.number(), e);
      }
    }
  }

  /** The record with the hash that is to be kept: a password that is the account's own is none. */
  private ImportedAccount hashed(Realm realm, Line line) {
    if (line.password.isEmpty()) {
      return line.account;
    }
    Secret password = line.password.get();
    Optional<Secret> present =
        accounts
            .credentials(realm, line.account.ref().orElseThrow())
            .flatMap(Credentials::passwordHash);
    try {
      if (present.isPresent() && hashing.matches(present.get(), password).join()) {
        return line.account;
      }
      return line.account.withPasswordHash(hashing.hash(password).join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused : e;
    }
  }

  private static Optional<AccountId> id(CreateAccountRequest account) {
    if (account.getId().isEmpty()) {
      return Optional.empty();
    }
    Optional<AccountId> id = AccountId.parse(account.getId());
    if (id.isEmpty()) {
      throw RefusedException.ofField("account.id", "must be from 1 to 9007199254740991");
    }
    return id;
  }

  private static Account.Names names(CreateAccountRequest account) {
    return new Account.Names(
        account.hasName() ? Optional.of(account.getName()) : Optional.empty(),
        account.hasEmail() ? Optional.of(account.getEmail()) : Optional.empty(),
        account.hasPhone() ? Optional.of(account.getPhone()) : Optional.empty(),
        account.hasQq() ? Optional.of(account.getQq()) : Optional.empty());
  }

  private static void requireUsable(ImportedAccount asked) {
    if (asked.ref().isEmpty()) {
      throw RefusedException.ofField("account.id", "is missing, and so are name, email and phone");
    }
    if (!asked.names().name().map(NameKeys::isFoldable).orElse(true)) {
      throw RefusedException.ofField("account.name", "is too long in its compatible form");
    }
    if (!asked.names().email().map(NameKeys::isFoldable).orElse(true)) {
      throw RefusedException.ofField("account.email", "is too long in its compatible form");
    }
    if (!asked.passwordHash().map(PasswordHasher::isUsable).orElse(true)) {
      throw RefusedException.ofField("account.password_hash", PasswordHasher.LIMITS);
    }
    if (!asked.profile().map(JsonText::isObject).orElse(true)) {
      throw RefusedException.ofField("account.profile", "must be a JSON object");
    }
  }

  private static void warn(Line line, ImportTally tally) {
    Account.Names names = line.account.names();
    if (names.name().isEmpty() && names.email().isEmpty() && names.phone().isEmpty()) {
      tally.warn(line.request, "", "has no name, email or phone to log in with");
    }
    if (line.account.passwordHash().map(ImportAccounts::isWeak).orElse(false)) {
      tally.warn(
          line.request, "account.password_hash", "is bcrypt of a cost below 8: cheap to try");
    }
  }

  /** {@code $2y$07$…} and less. */
  private static boolean isWeak(Secret hash) {
    String text = hash.reveal();
    return text.startsWith("$2") && Integer.parseInt(text.substring(4, 6)) <= WEAK_BCRYPT_COST;
  }
}
