package io.jeton.server.api;

import io.jeton.server.api.LoginCounter.Outcome;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountRef.By;
import io.jeton.v1.PasswordMismatch;

/** The domain's words about accounts as messages, and back. */
final class AccountMessages {
  private AccountMessages() {}

  static io.jeton.v1.Account account(Account account) {
    io.jeton.v1.Account.Builder message =
        io.jeton.v1.Account.newBuilder()
            .setId(account.id().toString())
            .setRealm(account.realm().name().value())
            .setHasPassword(account.hasPassword())
            .setDisabled(account.isDisabled())
            .setBanned(account.isBanned())
            .setProfile(account.profile())
            .setCreateTime(Messages.timestamp(account.createTime()))
            .setUpdateTime(Messages.timestamp(account.updateTime()));
    Account.Names names = account.names();
    names.name().ifPresent(message::setName);
    names.email().ifPresent(message::setEmail);
    names.phone().ifPresent(message::setPhone);
    names.qq().ifPresent(message::setQq);
    return message.build();
  }

  /** A reference that has been validated. */
  static AccountRef ref(io.jeton.v1.AccountRef message) {
    return switch (message.getByCase()) {
      case ID -> new AccountRef(By.ID, message.getId());
      case NAME -> new AccountRef(By.NAME, message.getName());
      case EMAIL -> new AccountRef(By.EMAIL, message.getEmail());
      case PHONE -> new AccountRef(By.PHONE, message.getPhone());
      case QQ -> new AccountRef(By.QQ, message.getQq());
      case LOGIN -> new AccountRef(By.LOGIN, message.getLogin());
      case BY_NOT_SET -> throw new IllegalStateException("the general check requires one");
    };
  }

  static PasswordMismatch mismatch(Outcome outcome) {
    return switch (outcome) {
      case MATCHED -> PasswordMismatch.PASSWORD_MISMATCH_UNSPECIFIED;
      case UNKNOWN_ACCOUNT -> PasswordMismatch.PASSWORD_MISMATCH_UNKNOWN_ACCOUNT;
      case DISABLED -> PasswordMismatch.PASSWORD_MISMATCH_DISABLED;
      case WRONG_PASSWORD -> PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD;
      case BANNED -> PasswordMismatch.PASSWORD_MISMATCH_BANNED;
      case THROTTLED -> throw new IllegalArgumentException("is refused, not answered");
    };
  }
}
