package io.jeton.client;

/**
 * All tokens of a realm that have something in common.
 *
 * @param realm the tenant that they live in; empty: {@code default}
 * @param by what they have in common
 * @param name whose they are; empty for the whole realm
 */
public record TokenGroup(String realm, By by, String name) {
  /** What tokens can have in common. */
  public enum By {
    SUBJECT,
    APPLICATION,
    MODULE,
    KIND,
    REALM
  }

  /** Those about a subject; an empty one, about nobody. */
  public static TokenGroup ofSubject(String subject) {
    return new TokenGroup("", By.SUBJECT, subject);
  }

  /** Those that are bound to an application. */
  public static TokenGroup ofApplication(String appId) {
    return new TokenGroup("", By.APPLICATION, appId);
  }

  /** The licences for a module and its sub-modules. */
  public static TokenGroup ofModule(String module) {
    return new TokenGroup("", By.MODULE, module);
  }

  /** Those of a kind. */
  public static TokenGroup ofKind(String kind) {
    return new TokenGroup("", By.KIND, kind);
  }

  /** All of the realm. */
  public static TokenGroup wholeRealm() {
    return new TokenGroup("", By.REALM, "");
  }

  /** The same, in another realm. */
  public TokenGroup inRealm(String other) {
    return new TokenGroup(other, by, name);
  }
}
