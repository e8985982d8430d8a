package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What an import says of an account. What is empty stays as it is.
 *
 * @param names of these, those that are there
 * @param profile a JSON object
 */
public record ImportedAccount(
    Optional<AccountId> id,
    Account.Names names,
    Optional<Secret> passwordHash,
    boolean disabled,
    boolean banned,
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
    return new NewAccount(id, names, passwordHash, disabled, banned, profile.orElse(NO_PROFILE));
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
            differing(passwordHash, present.passwordHash()),
            differing(Optional.of(disabled), Optional.of(account.isDisabled())),
            differing(Optional.of(banned), Optional.of(account.isBanned())),
            differing(profile, Optional.of(account.profile())));
    boolean isSame =
        change.passwordHash().isEmpty() && change.applied(account, Instant.EPOCH).equals(account);
    return isSame ? Optional.empty() : Optional.of(change);
  }

  /** The same with a hash of the password that was given in clear. */
  public ImportedAccount withPasswordHash(Secret hash) {
    return new ImportedAccount(id, names, Optional.of(hash), disabled, banned, profile);
  }

  private static <T> Optional<T> differing(Optional<T> asked, Optional<T> present) {
    return asked.equals(present) ? Optional.empty() : asked;
  }
}
