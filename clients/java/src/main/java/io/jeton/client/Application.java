package io.jeton.client;

import java.time.Instant;

/**
 * What the server shows of a registered application; never its secrets.
 *
 * @param realm the tenant that it lives in
 * @param appId names it within its realm
 * @param encryptType how its clients encrypt their connections: 0 not, 1 AES-CBC-128, 2
 *     AES-CBC-256, 3 in a way of their own
 * @param publicKey a public key that its clients are told; empty: none
 * @param disabled whether its tokens are not active
 * @param createTime when it was added
 * @param updateTime when it was last changed
 */
public record Application(
    String realm,
    String appId,
    int encryptType,
    String publicKey,
    boolean disabled,
    Instant createTime,
    Instant updateTime) {}
