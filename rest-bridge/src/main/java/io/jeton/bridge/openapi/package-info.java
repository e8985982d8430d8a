/** The OpenAPI document of the contracts that are mounted. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.openapi;
