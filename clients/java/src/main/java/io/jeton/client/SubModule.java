package io.jeton.client;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a module.
 *
 * @param name names it within its module; compared without case and width
 * @param expireTime the first instant at which its licences are no longer active; empty: never
 */
public record SubModule(String name, Optional<Instant> expireTime) {}
