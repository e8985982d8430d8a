/**
 * What an operator can set: immutable records, their defaults, and the reading of jeton.yaml and
 * JETON_ variables.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.config;
