package io.jeton.client;

/**
 * A token that was made with another, with its secret, which cannot be had again.
 *
 * @param token what the server knows of it
 * @param secret what its holder presents
 */
public record Companion(Token token, Secret secret) {}
