/** The floors: the least that the same stack can do, as a program of its own. */
@org.jspecify.annotations.NullMarked
package io.jeton.load.floor;
