/**
 * The token cache in front of the lookup port, and the rule that a change is published after its
 * commit.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.cache;
