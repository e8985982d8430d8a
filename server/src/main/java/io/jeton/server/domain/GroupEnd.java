package io.jeton.server.domain;

import java.time.Instant;

/**
 * The last time that a group of tokens was ended.
 *
 * @param epoch the realm's epoch that this made: tokens with a smaller one have ended
 */
public record GroupEnd(TokenGroup group, int epoch, Instant revokeTime) {}
