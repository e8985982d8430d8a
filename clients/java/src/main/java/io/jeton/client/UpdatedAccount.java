package io.jeton.client;

/**
 * An account that was changed.
 *
 * @param account the account as it is now
 * @param revoked how many of its tokens were revoked
 */
public record UpdatedAccount(Account account, long revoked) {}
