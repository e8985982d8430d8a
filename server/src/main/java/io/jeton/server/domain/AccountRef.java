package io.jeton.server.domain;

/**
 * Names an account within a realm.
 *
 * @param by which of its names the text is
 * @param text the name as it was given
 */
public record AccountRef(By by, String text) {
  /** The names that an account can have. */
  public enum By {
    ID,
    NAME,
    EMAIL,
    PHONE,
    QQ,
    /** An e-mail address, a phone number or a name: the first that names an account. */
    LOGIN
  }

  public static AccountRef of(AccountId id) {
    return new AccountRef(By.ID, id.toString());
  }
}
