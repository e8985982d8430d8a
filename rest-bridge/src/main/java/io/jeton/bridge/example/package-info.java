/** Requests that show the contracts, one for each documented call. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.example;
