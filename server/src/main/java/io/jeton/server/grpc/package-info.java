/** The gRPC port: generated-stub glue, the caller's identity, errors on the wire. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.grpc;
