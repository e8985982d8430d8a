package io.jeton.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What licences are for.
 *
 * @param realm the tenant that it lives in
 * @param name names it within its realm; compared without case and width
 * @param identification names it to programs that verify licences
 * @param expireTime the first instant at which its licences are no longer active; empty: never
 * @param disabled whether its licences are not active
 * @param subModules its parts, by name
 * @param createTime when it was added
 * @param updateTime when it or a part was last changed
 */
@SuppressWarnings("JavaLangClash") // The word of the protocol.
public record Module(
    String realm,
    String name,
    String identification,
    Optional<Instant> expireTime,
    boolean disabled,
    List<SubModule> subModules,
    Instant createTime,
    Instant updateTime) {}
