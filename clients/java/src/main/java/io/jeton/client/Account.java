package io.jeton.client;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who can log in.
 *
 * @param id names it within its realm: a decimal integer
 * @param realm the tenant that it lives in
 * @param name a name to log in with
 * @param email an e-mail address to log in with
 * @param phone a phone number to log in with
 * @param qq a QQ number
 * @param hasPassword whether there is a password; without one no login succeeds
 * @param disabled whether it may not be used
 * @param banned whether it may not log in
 * @param profile a JSON object
 * @param createTime when it was added
 * @param updateTime when it was last changed, other than by a login
 */
public record Account(
    String id,
    String realm,
    Optional<String> name,
    Optional<String> email,
    Optional<String> phone,
    Optional<String> qq,
    boolean hasPassword,
    boolean disabled,
    boolean banned,
    String profile,
    Instant createTime,
    Instant updateTime) {}
