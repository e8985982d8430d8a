package io.jeton.client;

/**
 * A caller that was added, with its service key, which cannot be had again.
 *
 * @param caller the caller
 * @param key what it presents to the server
 */
public record CreatedCaller(Caller caller, Secret key) {}
