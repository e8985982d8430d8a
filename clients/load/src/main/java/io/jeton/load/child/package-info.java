/**
 * The processes that are measured: started, pinned to a core, their processor time and heap read.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.load.child;
