/** A REST load generator on one thread: raw HTTP/1.1 over java.nio, one request a connection. */
@org.jspecify.annotations.NullMarked
package io.jeton.load.http1;
