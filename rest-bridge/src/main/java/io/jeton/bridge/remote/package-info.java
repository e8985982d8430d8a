/** The core as a server elsewhere, reached over gRPC. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.remote;
