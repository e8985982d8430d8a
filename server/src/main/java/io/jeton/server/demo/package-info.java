/** What {@code serve --demo} loads and prints. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.demo;
