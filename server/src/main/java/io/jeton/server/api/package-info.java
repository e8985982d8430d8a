/**
 * What each rpc does: from proto request through the domain to proto response, and from refusal to
 * ErrorReason.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.api;
