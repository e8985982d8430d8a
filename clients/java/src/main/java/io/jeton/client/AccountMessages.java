package io.jeton.client;

import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.UpdateAccountRequest;
import java.util.Optional;

/** Turns the protocol's messages about accounts into Java's and back. */
final class AccountMessages {
  private AccountMessages() {}

  static Account account(io.jeton.v1.Account m) {
    return new Account(
        m.getId(),
        m.getRealm(),
        text(m.hasName(), m.getName()),
        text(m.hasEmail(), m.getEmail()),
        text(m.hasPhone(), m.getPhone()),
        text(m.hasQq(), m.getQq()),
        m.getHasPassword(),
        m.getDisabled(),
        m.getBanned(),
        m.getProfile(),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.getUpdateTime()));
  }

  static io.jeton.v1.AccountRef ref(AccountRef ref) {
    var message = io.jeton.v1.AccountRef.newBuilder();
    switch (ref.by()) {
      case ID -> message.setId(ref.text());
      case NAME -> message.setName(ref.text());
      case EMAIL -> message.setEmail(ref.text());
      case PHONE -> message.setPhone(ref.text());
      case QQ -> message.setQq(ref.text());
      case LOGIN -> message.setLogin(ref.text());
    }
    return message.build();
  }

  static CreateAccountRequest request(AccountSpec spec) {
    var request =
        CreateAccountRequest.newBuilder()
            .setRealm(spec.realm())
            .setId(spec.id())
            .setProfile(spec.profile());
    if (spec.disabled()) {
      request.setDisabled(true);
    }
    if (spec.banned()) {
      request.setBanned(true);
    }
    spec.name().ifPresent(request::setName);
    spec.email().ifPresent(request::setEmail);
    spec.phone().ifPresent(request::setPhone);
    spec.qq().ifPresent(request::setQq);
    spec.credential()
        .ifPresent(
            credential -> {
              if (credential.isHash()) {
                request.setPasswordHash(credential.secret().reveal());
              } else {
                request.setPassword(credential.secret().reveal());
              }
            });
    return request.build();
  }

  static UpdateAccountRequest request(AccountRef ref, AccountChange change) {
    var request = UpdateAccountRequest.newBuilder().setRealm(ref.realm()).setAccount(ref(ref));
    change.name().ifPresent(request::setName);
    change.email().ifPresent(request::setEmail);
    change.phone().ifPresent(request::setPhone);
    change.qq().ifPresent(request::setQq);
    change.password().map(Secret::reveal).ifPresent(request::setPassword);
    change.disabled().ifPresent(request::setDisabled);
    change.banned().ifPresent(request::setBanned);
    change.profile().ifPresent(request::setProfile);
    return request.build();
  }

  static PasswordCheck check(CheckPasswordResponse m) {
    return m.getMatches()
        ? new PasswordCheck(Optional.of(account(m.getAccount())), Optional.empty())
        : new PasswordCheck(Optional.empty(), Optional.of(mismatch(m.getReason())));
  }

  private static PasswordMismatch mismatch(io.jeton.v1.PasswordMismatch m) {
    return switch (m) {
      case PASSWORD_MISMATCH_UNKNOWN_ACCOUNT -> PasswordMismatch.UNKNOWN_ACCOUNT;
      case PASSWORD_MISMATCH_DISABLED -> PasswordMismatch.DISABLED;
      case PASSWORD_MISMATCH_WRONG_PASSWORD -> PasswordMismatch.WRONG_PASSWORD;
      case PASSWORD_MISMATCH_BANNED -> PasswordMismatch.BANNED;
      case PASSWORD_MISMATCH_UNSPECIFIED, UNRECOGNIZED -> PasswordMismatch.OTHER;
    };
  }

  private static Optional<String> text(boolean isSet, String text) {
    return isSet ? Optional.of(text) : Optional.empty();
  }
}
