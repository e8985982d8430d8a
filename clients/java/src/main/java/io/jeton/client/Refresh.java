package io.jeton.client;

import java.util.Optional;

/**
 * The outcome of a refresh.
 *
 * @param reason why the token was not renewed; empty when it was
 * @param renewed the token as it is now, with its secrets; empty when it was not renewed
 * @param repeated whether this is the answer of an earlier call, given again within the grace
 */
public record Refresh(
    Optional<InactiveReason> reason, Optional<IssuedToken> renewed, boolean repeated) {}
