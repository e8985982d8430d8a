package io.jeton.server.domain;

/**
 * Who asks for a change, for the audit table.
 *
 * @param callerId the caller's id; 0 stands for the server itself
 * @param address the network address that the request came from; empty when it came from none
 * @param requestId what the request is called in the logs; at most 64 characters of printable ASCII
 */
public record Actor(int callerId, String address, String requestId) {
  /** The server itself, at start-up. */
  public static final Actor SERVER = new Actor(0, "", "");
}
