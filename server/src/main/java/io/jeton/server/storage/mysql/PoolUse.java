package io.jeton.server.storage.mysql;

/**
 * How the connections to the database are used at this moment.
 *
 * @param waiting how many calls wait for a connection
 * @param most how many connections there may be
 */
public record PoolUse(int busy, int idle, int waiting, int most) {}
