package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRef;
import io.jeton.v1.ErrorReason;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The accounts of a {@link FakeCore}, with their passwords in clear. */
final class FakeAccounts {
  private final List<Entry> entries = new ArrayList<>();

  /** An account and its password; empty: it has none. */
  record Entry(Account account, String password) {}

  void put(Account account, String password) {
    entries.removeIf(
        each ->
            each.account.getRealm().equals(account.getRealm())
                && each.account.getId().equals(account.getId()));
    entries.add(new Entry(account, password));
  }

  Optional<Entry> find(String realm, AccountRef ref) {
    return switch (ref.getByCase()) {
      case ID -> find(realm, account -> account.getId().equals(ref.getId()));
      case NAME -> folded(realm, Account::getName, ref.getName());
      case EMAIL -> folded(realm, Account::getEmail, ref.getEmail());
      case PHONE -> exactly(realm, Account::getPhone, ref.getPhone());
      case QQ -> exactly(realm, Account::getQq, ref.getQq());
      case LOGIN ->
          folded(realm, Account::getEmail, ref.getLogin())
              .or(() -> exactly(realm, Account::getPhone, ref.getLogin()))
              .or(() -> folded(realm, Account::getName, ref.getLogin()));
      case BY_NOT_SET -> throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    };
  }

  /** The account that has a QQ number, added if there is none. */
  Optional<Account> addIfAbsent(String realm, String qq) {
    if (exactly(realm, Account::getQq, qq).isPresent()) {
      return Optional.empty();
    }
    long last =
        entries.stream().mapToLong(each -> Long.parseLong(each.account.getId())).max().orElse(0);
    Account added =
        Account.newBuilder().setRealm(realm).setId(Long.toString(last + 1)).setQq(qq).build();
    put(added, "");
    return Optional.of(added);
  }

  /** The account that a token is to be about. */
  Account requireActive(String realm, String id) {
    Account account =
        find(realm, AccountRef.newBuilder().setId(id).build())
            .map(Entry::account)
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND));
    if (account.getDisabled() || account.getBanned()) {
      throw new CoreException(ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE);
    }
    return account;
  }

  private Optional<Entry> folded(String realm, Function<Account, String> field, String text) {
    return find(
        realm,
        account ->
            !field.apply(account).isEmpty() && fold(field.apply(account)).equals(fold(text)));
  }

  private Optional<Entry> exactly(String realm, Function<Account, String> field, String text) {
    return find(
        realm, account -> !field.apply(account).isEmpty() && field.apply(account).equals(text));
  }

  private Optional<Entry> find(String realm, Predicate<Account> matches) {
    return entries.stream()
        .filter(each -> each.account.getRealm().equals(realm) && matches.test(each.account))
        .findFirst();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
