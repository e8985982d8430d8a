/** Revisions: the lanes that number this node's changes. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.feed;
