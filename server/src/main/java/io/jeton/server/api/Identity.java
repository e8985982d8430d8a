package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;

/**
 * Who calls: the caller whose key the request carried, and where the request came from.
 *
 * @param address the network address it came from
 * @param requestId what the request is called in the logs
 */
public record Identity(Caller caller, String address, String requestId) {
  Actor actor() {
    return new Actor(caller.id(), address, requestId);
  }
}
