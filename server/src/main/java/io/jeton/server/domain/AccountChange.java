package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What to change of an account. What is empty stays; a text that is present and has no characters
 * is taken away.
 *
 * @param passwordHash what a login is checked against from now on
 */
public record AccountChange(
    Optional<String> name,
    Optional<String> email,
    Optional<String> phone,
    Optional<String> qq,
    Optional<Secret> passwordHash,
    Optional<Boolean> disabled,
    Optional<Boolean> banned,
    Optional<String> profile) {

  /** Whether it asks for the end of the account's tokens. */
  public boolean isEnding() {
    return disabled.orElse(false) || banned.orElse(false);
  }

  /** Whether the account's password is set or taken away. */
  public boolean changesPassword(Account before) {
    return passwordHash.isPresent() && (before.hasPassword() || hasPassword(before));
  }

  /** The account as it will be. The times of a state that it is in already stay. */
  public Account applied(Account before, Instant at) {
    return new Account(
        before.realm(),
        before.id(),
        new Account.Names(
            text(name, before.names().name()),
            text(email, before.names().email()),
            text(phone, before.names().phone()),
            text(qq, before.names().qq())),
        hasPassword(before),
        time(disabled, before.disableTime(), at),
        time(banned, before.banTime(), at),
        before.endTime(),
        profile.orElse(before.profile()),
        before.createTime(),
        before.updateTime());
  }

  private boolean hasPassword(Account before) {
    return passwordHash.map(hash -> !hash.reveal().isEmpty()).orElse(before.hasPassword());
  }

  private static Optional<String> text(Optional<String> asked, Optional<String> before) {
    return asked.isPresent() ? asked.filter(text -> !text.isEmpty()) : before;
  }

  private static Optional<Instant> time(
      Optional<Boolean> asked, Optional<Instant> before, Instant at) {
    if (asked.isEmpty()) {
      return before;
    }
    return asked.get() ? before.or(() -> Optional.of(at)) : Optional.empty();
  }
}
