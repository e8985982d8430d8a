/** The core as the bridge sees it inside the server: the services themselves, without a network. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.inner;
