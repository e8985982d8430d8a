package io.jeton.server.storage.mysql;

/**
 * How a pool of connections stands. Immutable.
 *
 * @param active connections that calls use now
 * @param idle connections that wait for one
 * @param waiting calls that wait for a connection
 * @param opened how many connections were opened since the start
 * @param failed how many attempts to open one failed since the start
 */
public record PoolState(int active, int idle, int waiting, long opened, long failed) {}
