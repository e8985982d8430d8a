/** Latencies and medians. */
@org.jspecify.annotations.NullMarked
package io.jeton.load.stats;
