/** A typed client of the token service for Java programs. */
@org.jspecify.annotations.NullMarked
package io.jeton.client;
