package io.jeton.client;

import java.util.Optional;

/**
 * A token that was listed with its secret.
 *
 * @param token what the server knows of it
 * @param secret what its holder presents; empty: it was not issued revealable
 */
public record RevealedToken(Token token, Optional<Secret> secret) {}
