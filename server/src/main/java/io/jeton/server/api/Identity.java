package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import java.util.Optional;

/**
 * Who calls: the caller whose key the request carried, and where the request came from.
 *
 * @param address the network address it came from
 * @param isEndClient whether that is the address of the caller's own client, as the caller says;
 *     else it is the caller's
 * @param requestId what the request is called in the logs
 */
public record Identity(Caller caller, String address, boolean isEndClient, String requestId) {
  /** A request that the caller makes for itself. */
  public Identity(Caller caller, String address, String requestId) {
    this(caller, address, false, requestId);
  }

  Actor actor() {
    return new Actor(caller.id(), address, requestId);
  }

  /** The address of the caller's own client, if the caller says it. */
  Optional<String> endClient() {
    return isEndClient ? Optional.of(address) : Optional.empty();
  }
}
