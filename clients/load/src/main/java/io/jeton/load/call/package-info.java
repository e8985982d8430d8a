/** The calls that are measured: how each request is written, and how its answer is judged. */
@org.jspecify.annotations.NullMarked
package io.jeton.load.call;
