package io.jeton.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the server knows of one token; never its secret.
 *
 * @param id the token's id within the service, a decimal integer
 * @param realm the tenant that it lives in
 * @param kind what it is for, as its issuer named it
 * @param subject whom it is about; empty: nobody (an anonymous token)
 * @param scopes what it allows, in ascending byte order, each once
 * @param appId the application that it is bound to; empty: none
 * @param name the label that its issuer gave it, if it gave one
 * @param issueTime when it was issued, to the microsecond
 * @param expireTime the first instant at which it is no longer valid; empty: it does not expire
 * @param revokeTime when it was revoked; empty: it has not been
 * @param issuer the contract instance that made it; empty: it was made through this API
 * @param accountId the account that it is about, whose id is the subject too; empty: the subject is
 *     no account
 * @param familyId the id of the first token of those that refreshes made one from another, or that
 *     were made together as companions; empty: it is alone
 * @param familyEnd when the family can no longer be refreshed; empty: it never can be
 * @param importedId what an original server called it, if it was imported
 */
public record Token(
    String id,
    String realm,
    String kind,
    String subject,
    List<String> scopes,
    Optional<String> appId,
    Optional<String> name,
    Instant issueTime,
    Optional<Instant> expireTime,
    Optional<Instant> revokeTime,
    Optional<String> issuer,
    Optional<String> accountId,
    Optional<String> familyId,
    Optional<Instant> familyEnd,
    Optional<String> importedId) {

  /** Copies the list. */
  public Token {
    scopes = List.copyOf(scopes);
  }
}
