/** The composition root: builds a node from its configuration, and starts and stops it in order. */
@org.jspecify.annotations.NullMarked
package io.jeton.server;
