package io.jeton.client;

import java.util.Optional;

/**
 * The server's judgement of a presented token.
 *
 * @param active whether the token was valid for what was asked, when the server answered
 * @param reason why it was not; empty when it was
 * @param token what the server knows of it; empty when it was not active
 * @param servedFrom where the facts were read
 * @param effectiveSubject whom the call acts as: the token's subject, unless an administrator acts
 *     as another; empty when it was not active, or is nobody's
 */
public record Verdict(
    boolean active,
    Optional<InactiveReason> reason,
    Optional<Token> token,
    ServedFrom servedFrom,
    String effectiveSubject) {}
