package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token is tied to besides its realm. Immutable.
 *
 * @param issuer the contract instance that made it; empty: it was made through gRPC
 * @param account the account that it is about, or null: then its subject is no account
 * @param family the family it can be refreshed in, or null: then it cannot be
 * @param signingKeyId the key that signed it; 0: it is not signed
 * @param licence what it is a licence for, or null: then it is none
 */
public record Ties(
    String issuer,
    @Nullable AccountId account,
    @Nullable Family family,
    int signingKeyId,
    @Nullable Licence licence) {
  /** The ties of a token that is no licence. */
  public Ties(
      String issuer, @Nullable AccountId account, @Nullable Family family, int signingKeyId) {
    this(issuer, account, family, signingKeyId, null);
  }

  /** Tied to nothing. */
  public static final Ties NONE = new Ties("", null, null, 0);

  /**
   * A token and all that refreshes made of it.
   *
   * @param id the first token's
   * @param end when it can no longer be refreshed
   */
  public record Family(TokenId id, Instant end) {}

  public Optional<AccountId> accountId() {
    return Optional.ofNullable(account);
  }
}
