package io.jeton.server.domain;

/**
 * All tokens of a realm that have something in common. Immutable.
 *
 * @param name whose they are: a subject, an app_id, the decimal id of a module, a kind; empty for
 *     the whole realm
 */
public record TokenGroup(Axis axis, String name) {
  /** All of them. */
  public static final TokenGroup WHOLE_REALM = new TokenGroup(Axis.REALM, "");

  /** Those about a subject; an empty one, about nobody. */
  public static TokenGroup ofSubject(String subject) {
    return new TokenGroup(Axis.SUBJECT, subject);
  }

  /** Those that are bound to an application. */
  public static TokenGroup ofApplication(String appId) {
    return new TokenGroup(Axis.APPLICATION, appId);
  }

  /** The licences for a module and its sub-modules. */
  public static TokenGroup ofModule(int moduleId) {
    return new TokenGroup(Axis.MODULE, Integer.toString(moduleId));
  }

  /** Those of a kind, and the refresh secrets that renew such. */
  public static TokenGroup ofKind(String kind) {
    return new TokenGroup(Axis.KIND, kind);
  }
}
