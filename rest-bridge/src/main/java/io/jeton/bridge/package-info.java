/** The bridge that answers legacy JSON APIs in front of the core. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge;
