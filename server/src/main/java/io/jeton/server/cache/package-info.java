/**
 * What a node holds in memory of the store, and the rule that a change is published after its
 * commit.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.cache;
