package io.jeton.load;

/**
 * One start of a server.
 *
 * @param readySeconds from the command to the ready line
 * @param answerSeconds from the command to the first answered VerifyToken
 */
record StartTime(double readySeconds, double answerSeconds) {}
