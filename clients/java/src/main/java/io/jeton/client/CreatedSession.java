package io.jeton.client;

/**
 * A session that was added.
 *
 * @param sid what the cookie names it by; it cannot be had again
 */
public record CreatedSession(Session session, Secret sid) {}
