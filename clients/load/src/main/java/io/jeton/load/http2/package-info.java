/**
 * A gRPC load generator on one thread: raw HTTP/2 over java.nio, a fixed number of calls in flight.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.load.http2;
