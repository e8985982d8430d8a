package io.jeton.client;

import java.util.List;

/**
 * An anonymous token, and whom it is about from now on.
 *
 * @param ref the token
 * @param subject a subject that is no account; empty: it is an account
 * @param accountId an account of the realm; empty: the subject is none
 * @param scopes what the token allows from now on
 */
public record BindSpec(TokenRef ref, String subject, String accountId, List<String> scopes) {

  /** Copies the list. */
  public BindSpec {
    scopes = List.copyOf(scopes);
  }

  /** Binds a token to a subject that is no account. */
  public static BindSpec toSubject(TokenRef ref, String subject, String... scopes) {
    return new BindSpec(ref, subject, "", List.of(scopes));
  }

  /** Binds a token to an account. */
  public static BindSpec toAccount(TokenRef ref, String accountId, String... scopes) {
    return new BindSpec(ref, "", accountId, List.of(scopes));
  }
}
