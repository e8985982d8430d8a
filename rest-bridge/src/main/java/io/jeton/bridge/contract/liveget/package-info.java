/** The contract liveget: licence codes of modules; docs/liveget.md states it. */
@org.jspecify.annotations.NullMarked
package io.jeton.bridge.contract.liveget;
