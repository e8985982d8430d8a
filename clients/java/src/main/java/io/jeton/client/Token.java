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
 * @param module the name of the module that it is a licence for; empty: it is no licence
 * @param subModule the name of the sub-module that it is a licence for; empty: the module itself
 * @param machine the machine that it is bound to; empty: none yet
 * @param lastUse when it was last verified for its machine, to the minute; empty: never, or it was
 *     not asked for by {@code get} or {@code list}
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
    Optional<String> module,
    Optional<String> subModule,
    Optional<String> machine,
    Optional<Instant> lastUse,
    Optional<String> importedId) {

  /** Copies the list. */
  public Token {
    scopes = List.copyOf(scopes);
  }
}
