package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A session to add.
 *
 * @param lookup what its sid is found by
 * @param account who is logged in; empty: nobody is
 * @param sealedData a JSON object, encrypted under the sid
 */
public record NewSession(
    Lookup lookup, Optional<AccountId> account, byte[] sealedData, Instant expireTime) {}
