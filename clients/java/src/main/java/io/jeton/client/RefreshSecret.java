package io.jeton.client;

/**
 * The second secret of a token that is refreshed with a pair. It is never valid as a token, and
 * cannot be had again.
 *
 * @param token what the server knows of it
 * @param secret what is presented to refresh the token
 */
public record RefreshSecret(Token token, Secret secret) {}
