package io.jeton.client;

import java.util.Optional;

/**
 * A token that was made, with its secrets, which cannot be had again.
 *
 * @param token what the server knows of it
 * @param secret what its holder presents
 * @param refresh what it is refreshed with, if that is not the secret itself
 */
public record IssuedToken(Token token, Secret secret, Optional<RefreshSecret> refresh) {}
