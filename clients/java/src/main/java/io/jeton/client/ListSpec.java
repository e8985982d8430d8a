package io.jeton.client;

import java.util.Optional;

/**
 * Which tokens to list.
 *
 * @param realm the tenant to look in; empty: {@code default}
 * @param subject limits the list to tokens about this subject, an empty one to anonymous tokens;
 *     absent: every subject
 * @param pageSize the most tokens to fetch at once, from 1 to 1000
 */
public record ListSpec(String realm, Optional<String> subject, int pageSize) {

  /** Every token of the realm {@code default}, 200 at a time. */
  public static ListSpec all() {
    return new ListSpec("", Optional.empty(), 200);
  }

  /** The same, in another realm. */
  public ListSpec inRealm(String realm) {
    return new ListSpec(realm, subject, pageSize);
  }

  /** The same, about one subject. */
  public ListSpec about(String subject) {
    return new ListSpec(realm, Optional.of(subject), pageSize);
  }

  /** The same, in pages of another size. */
  public ListSpec pageSize(int pageSize) {
    return new ListSpec(realm, subject, pageSize);
  }
}
