/** The contract lanying: logins of an IM platform's users; docs/lanying.md states it. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.contract.lanying;
