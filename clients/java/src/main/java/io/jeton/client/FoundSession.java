package io.jeton.client;

import java.util.Optional;

/**
 * A session, and who it is of.
 *
 * @param account the account that is logged in, a disabled or banned one too; empty: nobody is, or
 *     there is no such account
 */
public record FoundSession(Session session, Optional<Account> account) {}
