package io.jeton.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What the server shows of a key that signs tokens; never its secret.
 *
 * @param id names the key within the service
 * @param realm the tenant that it lives in
 * @param name what tokens are signed by: the newest active key of the name signs
 * @param algorithm how it signs
 * @param createTime when it was added
 * @param retireTime when it stopped signing
 * @param revokeTime when it was retired in an emergency
 * @param jwk the public key as a JSON Web Key, if the algorithm has one
 * @param signTime when it begins to sign; empty: since it was added
 */
public record SigningKey(
    String id,
    String realm,
    String name,
    SigningAlgorithm algorithm,
    Instant createTime,
    Optional<Instant> retireTime,
    Optional<Instant> revokeTime,
    Optional<String> jwk,
    Optional<Instant> signTime) {}
