package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRef;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ErrorReason;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The accounts of a {@link FakeCore}, with their passwords in clear. */
final class FakeAccounts {
  private static final int LONGEST_QQ = 32;

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

  /** The account that has a QQ number; one that has nothing else is added when there is none. */
  EnsureAccountResponse ensure(EnsureAccountRequest request, Instant now) {
    if (request.getQq().isEmpty() || request.getQq().codePoints().count() > LONGEST_QQ) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    String realm = request.getRealm().isEmpty() ? "default" : request.getRealm();
    Optional<Entry> known = find(realm, AccountRef.newBuilder().setQq(request.getQq()).build());
    if (known.isPresent()) {
      return EnsureAccountResponse.newBuilder().setAccount(known.get().account).build();
    }
    Timestamp time =
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    long largest =
        entries.stream()
            .filter(each -> each.account.getRealm().equals(realm))
            .mapToLong(each -> Long.parseLong(each.account.getId()))
            .max()
            .orElse(0);
    Account added =
        Account.newBuilder()
            .setId(Long.toString(largest + 1))
            .setRealm(realm)
            .setQq(request.getQq())
            .setProfile("{}")
            .setCreateTime(time)
            .setUpdateTime(time)
            .build();
    put(added, "");
    return EnsureAccountResponse.newBuilder().setAccount(added).setCreated(true).build();
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
