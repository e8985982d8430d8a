package io.jeton.client;

import java.util.List;

/**
 * What a token is like that is made with another, ends with it, and has an opaque secret.
 *
 * @param kind what it is for
 * @param scopes what it allows
 */
public record CompanionSpec(String kind, List<String> scopes) {

  /** Copies the list. */
  public CompanionSpec {
    scopes = List.copyOf(scopes);
  }

  /** A companion of this kind that allows this. */
  public static CompanionSpec of(String kind, String... scopes) {
    return new CompanionSpec(kind, List.of(scopes));
  }
}
