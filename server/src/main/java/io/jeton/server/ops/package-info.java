/** Running it: health, metrics, the janitor. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.ops;
