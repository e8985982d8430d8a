package io.jeton.client;

/**
 * A verdict and where the server's time for it went.
 *
 * @param timing the layers with their milliseconds, as in a Server-Timing header: {@code
 *     cache;dur=0.021, total;dur=0.021}; empty when the server does not tell
 */
public record TimedVerdict(Verdict verdict, String timing) {}
