package io.jeton.bridge;

/**
 * Who sent a request to the bridge, for throttling and for the audit table.
 *
 * @param address the network address of the client itself; that of the nearest proxy only when the
 *     proxy is not trusted
 * @param requestId what the request is called in the logs: 1 to 64 characters of printable ASCII
 */
public record Client(String address, String requestId) {
  /** The bridge itself, at start-up. */
  public static final Client BRIDGE = new Client("", "start");
}
