/** The contract chatot: creates, shows and refreshes a credential; docs/chatot.md states it. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.contract.chatot;
