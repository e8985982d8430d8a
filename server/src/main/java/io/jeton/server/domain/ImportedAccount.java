package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What an import says of an account. What is empty stays as it is, and so does a password whose
 * hash is the one that was last imported: it may have been replaced since.
 *
 * @param names of these, those that are there
 * @param profile a JSON object
 */
public record ImportedAccount(
    Optional<AccountId> id,
    Account.Names names,
    Optional<Secret> passwordHash,
    Optional<Boolean> disabled,
    Optional<Boolean> banned,
    Optional<String> profile) {
  private static final String NO_PROFILE = "{}";

  /** What tells it from others: its id, or else its name, e-mail or phone, the first it has. */
  public Optional<AccountRef> ref() {
    return id.map(AccountRef::of)
        .or(() -> names.name().map(text -> new AccountRef(AccountRef.By.NAME, text)))
        .or(() -> names.email().map(text -> new AccountRef(AccountRef.By.EMAIL, text)))
        .or(() -> names.phone().map(text -> new AccountRef(AccountRef.By.PHONE, text)));
  }

  /** The account to add when there is none yet. */
  public NewAccount toNew() {
    return new NewAccount(
        id,
        names,
        passwordHash,
        disabled.orElse(false),
        banned.orElse(false),
        profile.orElse(NO_PROFILE));
  }

  /** What differs from the account that is there; empty when nothing does. */
  public Optional<AccountChange> changeOf(AccountStore.Credentials present) {
    Account account = present.account();
    AccountChange change =
        new AccountChange(
            differing(names.name(), account.names().name()),
            differing(names.email(), account.names().email()),
            differing(names.phone(), account.names().phone()),
            differing(names.qq(), account.names().qq()),
            isImported(present)
                ? Optional.empty()
                : differing(passwordHash, present.passwordHash()),
            differing(disabled, Optional.of(account.isDisabled())),
            differing(banned, Optional.of(account.isBanned())),
            differing(profile, Optional.of(account.profile())));
    boolean isSame =
        change.passwordHash().isEmpty() && change.applied(account, Instant.EPOCH).equals(account);
    return isSame ? Optional.empty() : Optional.of(change);
  }

  /** What to remember of the hash. */
  public Optional<ImportedHash> importedHash() {
    return passwordHash.map(ImportedHash::of);
  }

  private boolean isImported(AccountStore.Credentials present) {
    return importedHash().isPresent() && importedHash().equals(present.importedHash());
  }

  /** The same with a hash of the password that was given in clear. */
  public ImportedAccount withPasswordHash(Secret hash) {
    return new ImportedAccount(id, names, Optional.of(hash), disabled, banned, profile);
  }

  private static <T> Optional<T> differing(Optional<T> asked, Optional<T> present) {
    return asked.equals(present) ? Optional.empty() : asked;
  }
}
