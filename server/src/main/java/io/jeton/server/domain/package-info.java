/**
 * The words and rules of tokens and callers, on the JDK alone, and the ports that storage
 * implements.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.domain;
