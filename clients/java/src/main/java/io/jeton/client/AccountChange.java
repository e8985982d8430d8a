package io.jeton.client;

import java.util.Optional;

/**
 * What to change of an account. What is absent stays; an empty text is taken away.
 *
 * @param name a name to log in with
 * @param email an e-mail address to log in with
 * @param phone a phone number to log in with
 * @param qq a QQ number
 * @param password a new password
 * @param disabled whether it may not be used
 * @param banned whether it may not log in
 * @param profile a JSON object
 */
public record AccountChange(
    Optional<String> name,
    Optional<String> email,
    Optional<String> phone,
    Optional<String> qq,
    Optional<Secret> password,
    Optional<Boolean> disabled,
    Optional<Boolean> banned,
    Optional<String> profile) {

  /** Starts with no change. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects an {@link AccountChange}. Not safe for use by several threads. */
  public static final class Builder {
    private Optional<String> name = Optional.empty();
    private Optional<String> email = Optional.empty();
    private Optional<String> phone = Optional.empty();
    private Optional<String> qq = Optional.empty();
    private Optional<Secret> password = Optional.empty();
    private Optional<Boolean> disabled = Optional.empty();
    private Optional<Boolean> banned = Optional.empty();
    private Optional<String> profile = Optional.empty();

    private Builder() {}

    /** A name to log in with; an empty one takes it away. */
    public Builder name(String name) {
      this.name = Optional.of(name);
      return this;
    }

    /** An e-mail address to log in with; an empty one takes it away. */
    public Builder email(String email) {
      this.email = Optional.of(email);
      return this;
    }

    /** A phone number to log in with; an empty one takes it away. */
    public Builder phone(String phone) {
      this.phone = Optional.of(phone);
      return this;
    }

    /** A QQ number; an empty one takes it away. */
    public Builder qq(String qq) {
      this.qq = Optional.of(qq);
      return this;
    }

    /** A new password; with an empty one no login succeeds any more. */
    public Builder password(Secret password) {
      this.password = Optional.of(password);
      return this;
    }

    /** Whether it may not be used. True ends all its tokens. */
    public Builder disabled(boolean disabled) {
      this.disabled = Optional.of(disabled);
      return this;
    }

    /** Whether it may not log in. True ends all its tokens. */
    public Builder banned(boolean banned) {
      this.banned = Optional.of(banned);
      return this;
    }

    /** A JSON object in the place of the present one. */
    public Builder profile(String profile) {
      this.profile = Optional.of(profile);
      return this;
    }

    /** The change as collected so far. */
    public AccountChange build() {
      return new AccountChange(name, email, phone, qq, password, disabled, banned, profile);
    }
  }
}
