package io.jeton.client;

/**
 * A key that was retired.
 *
 * @param key the key as it is now
 * @param revoked how many tokens were revoked
 */
public record RetiredKey(SigningKey key, long revoked) {}
