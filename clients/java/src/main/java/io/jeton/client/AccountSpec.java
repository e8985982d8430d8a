package io.jeton.client;

import java.util.Optional;

/**
 * What account to add.
 *
 * @param realm the tenant to add it to; empty: {@code default}
 * @param id its id; empty: the next one
 * @param name a name to log in with
 * @param email an e-mail address to log in with
 * @param phone a phone number to log in with
 * @param qq a QQ number
 * @param credential what a login is checked against; empty: no login succeeds
 * @param disabled whether it may not be used
 * @param banned whether it may not log in
 * @param profile a JSON object; empty: one without fields
 */
public record AccountSpec(
    String realm,
    String id,
    Optional<String> name,
    Optional<String> email,
    Optional<String> phone,
    Optional<String> qq,
    Optional<Credential> credential,
    boolean disabled,
    boolean banned,
    String profile) {

  /**
   * What a login is checked against.
   *
   * @param secret a password, or a hash that another system made of one: bcrypt or Argon2id
   * @param isHash which of them
   */
  public record Credential(Secret secret, boolean isHash) {}

  /** Starts with every default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects an {@link AccountSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private String realm = "";
    private String id = "";
    private Optional<String> name = Optional.empty();
    private Optional<String> email = Optional.empty();
    private Optional<String> phone = Optional.empty();
    private Optional<String> qq = Optional.empty();
    private Optional<Credential> credential = Optional.empty();
    private boolean disabled;
    private boolean banned;
    private String profile = "";

    private Builder() {}

    /** The tenant to add it to. Defaults to {@code default}. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** Its id. Defaults to the next one. */
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** A name to log in with. Defaults to none. */
    public Builder name(String name) {
      this.name = Optional.of(name);
      return this;
    }

    /** An e-mail address to log in with. Defaults to none. */
    public Builder email(String email) {
      this.email = Optional.of(email);
      return this;
    }

    /** A phone number to log in with. Defaults to none. */
    public Builder phone(String phone) {
      this.phone = Optional.of(phone);
      return this;
    }

    /** A QQ number. Defaults to none. */
    public Builder qq(String qq) {
      this.qq = Optional.of(qq);
      return this;
    }

    /** Its password. Defaults to none: no login succeeds. */
    public Builder password(Secret password) {
      this.credential = Optional.of(new Credential(password, false));
      return this;
    }

    /** The hash of its password, bcrypt or Argon2id. Defaults to none: no login succeeds. */
    public Builder passwordHash(Secret hash) {
      this.credential = Optional.of(new Credential(hash, true));
      return this;
    }

    /** Whether it may not be used. Defaults to false. */
    public Builder disabled(boolean disabled) {
      this.disabled = disabled;
      return this;
    }

    /** Whether it may not log in. Defaults to false. */
    public Builder banned(boolean banned) {
      this.banned = banned;
      return this;
    }

    /** A JSON object. Defaults to one without fields. */
    public Builder profile(String profile) {
      this.profile = profile;
      return this;
    }

    /** The specification as collected so far. */
    public AccountSpec build() {
      return new AccountSpec(
          realm, id, name, email, phone, qq, credential, disabled, banned, profile);
    }
  }
}
