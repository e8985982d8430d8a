package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token is tied to besides its realm. Immutable.
 *
 * @param issuer the contract instance that made it; empty: it was made through gRPC
 * @param account the account that it is about, or null: then its subject is no account
 * @param family what it was made or refreshed together with, or null: nothing
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
   * A token and all that refreshes made of it, or all that was made with it: they end together.
   *
   * @param id the first token's
   * @param end when it can no longer be refreshed, or null: it never can be
   */
  public record Family(TokenId id, @Nullable Instant end) {
    /** A token and its companions, which cannot be refreshed. */
    public static Family ofCompanions(TokenId first) {
      return new Family(first, null);
    }

    public Optional<Instant> endTime() {
      return Optional.ofNullable(end);
    }
  }

  public Optional<AccountId> accountId() {
    return Optional.ofNullable(account);
  }
}
