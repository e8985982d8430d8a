/** The measuring instrument: a load generator, and the floors it compares with. */
@org.jspecify.annotations.NullMarked
package io.jeton.load;
