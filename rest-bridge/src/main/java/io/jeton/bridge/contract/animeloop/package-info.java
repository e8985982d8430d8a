/**
 * The contract animeloop: the API tokens of a website's users, whom a signed session cookie names;
 * {@code docs/animeloop.md} states it.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.contract.animeloop;
