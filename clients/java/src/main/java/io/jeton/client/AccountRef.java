package io.jeton.client;

/**
 * One account of one realm.
 *
 * @param realm the tenant that it lives in; empty: {@code default}
 * @param by which of its names the text is
 * @param text the name
 */
public record AccountRef(String realm, By by, String text) {
  /** The names that an account can have. */
  public enum By {
    /** Its id. */
    ID,
    /** Its name. */
    NAME,
    /** Its e-mail address. */
    EMAIL,
    /** Its phone number. */
    PHONE,
    /** Its QQ number. */
    QQ,
    /** An e-mail address, a phone number or a name: the first that names an account. */
    LOGIN
  }

  /** Names an account of the realm {@code default} by its id. */
  public static AccountRef id(String id) {
    return of(By.ID, id);
  }

  /**
   * Names an account of the realm {@code default} by its e-mail address, its phone number or its
   * name.
   */
  public static AccountRef login(String login) {
    return of(By.LOGIN, login);
  }

  /** Names an account of the realm {@code default}. */
  public static AccountRef of(By by, String text) {
    return new AccountRef("", by, text);
  }

  /** The same, in another realm. */
  public AccountRef inRealm(String realm) {
    return new AccountRef(realm, by, text);
  }
}
