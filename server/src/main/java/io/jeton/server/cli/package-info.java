/** The jeton command. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.cli;
