package io.jeton.client;

import java.util.Optional;

/**
 * Which tokens to list.
 *
 * @param realm the tenant to look in; empty: {@code default}
 * @param subject limits the list to tokens about this subject, an empty one to anonymous tokens;
 *     absent: every subject
 * @param issuer limits the list to tokens of this contract instance, an empty one to those that
 *     none made; absent: every issuer
 * @param pageSize the most tokens to fetch at once, from 1 to 1000
 */
public record ListSpec(
    String realm, Optional<String> subject, Optional<String> issuer, int pageSize) {

  /** Every token of the realm {@code default}, 200 at a time. */
  public static ListSpec all() {
    return new ListSpec("", Optional.empty(), Optional.empty(), 200);
  }

  /** The same, in another realm. */
  public ListSpec inRealm(String realm) {
    return new ListSpec(realm, subject, issuer, pageSize);
  }

  /** The same, about one subject. */
  public ListSpec about(String subject) {
    return new ListSpec(realm, Optional.of(subject), issuer, pageSize);
  }

  /** The same, made by one contract instance. */
  public ListSpec madeBy(String issuer) {
    return new ListSpec(realm, subject, Optional.of(issuer), pageSize);
  }

  /** The same, in pages of another size. */
  public ListSpec pageSize(int pageSize) {
    return new ListSpec(realm, subject, issuer, pageSize);
  }
}
