/**
 * The contract thinksns: logins with JSON Web Tokens, as ThinkSNS+ 1.6 answers them; {@code
 * docs/thinksns.md} states it.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.contract.thinksns;
