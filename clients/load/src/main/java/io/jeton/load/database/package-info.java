/** The embedded database as the bench uses it: its floors, and rows written past the server. */
@org.jspecify.annotations.NullMarked
package io.jeton.load.database;
