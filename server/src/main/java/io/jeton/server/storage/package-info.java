/** Storage that is not tied to a database: the in-memory twin of the ports. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.storage;
