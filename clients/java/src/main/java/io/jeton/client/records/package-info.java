/** Import files: JSON Lines, one record a line, read without a connection. */
@org.jspecify.annotations.NullMarked
package io.jeton.client.records;
