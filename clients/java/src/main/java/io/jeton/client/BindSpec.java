package io.jeton.client;

import java.util.List;
import java.util.Optional;

/**
 * An anonymous token and whom it is about from now on, or a licence and the machine that it may be
 * used on.
 *
 * @param ref the token
 * @param subject a subject that is no account; empty: it is an account or a machine
 * @param accountId an account of the realm; empty: the subject is none
 * @param scopes what the token allows from now on; none for a machine
 * @param machine the machine that a licence may be used on; an empty text, with rebind: any
 * @param rebind whether it takes the place of the machine that the licence is bound to
 */
public record BindSpec(
    TokenRef ref,
    String subject,
    String accountId,
    List<String> scopes,
    Optional<String> machine,
    boolean rebind) {

  /** Copies the list. */
  public BindSpec {
    scopes = List.copyOf(scopes);
  }

  /** Binds to a subject or to an account. */
  public BindSpec(TokenRef ref, String subject, String accountId, List<String> scopes) {
    this(ref, subject, accountId, scopes, Optional.empty(), false);
  }

  /** Binds a token to a subject that is no account. */
  public static BindSpec toSubject(TokenRef ref, String subject, String... scopes) {
    return new BindSpec(ref, subject, "", List.of(scopes));
  }

  /** Binds a token to an account. */
  public static BindSpec toAccount(TokenRef ref, String accountId, String... scopes) {
    return new BindSpec(ref, "", accountId, List.of(scopes));
  }

  /** Binds a licence to a machine, unless it is bound to another. */
  public static BindSpec toMachine(TokenRef ref, String machine) {
    return new BindSpec(ref, "", "", List.of(), Optional.of(machine), false);
  }

  /** Binds a licence to another machine; an empty text: to whichever binds it next. */
  public static BindSpec toOtherMachine(TokenRef ref, String machine) {
    return new BindSpec(ref, "", "", List.of(), Optional.of(machine), true);
  }
}
