package io.jeton.server.grpc;

import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;

/** Finds out from which address a call comes. Safe for use by several threads; never blocks. */
@FunctionalInterface
public interface ClientAddresses {
  /**
   * The client's address, as far as proxies are believed.
   *
   * @param peer who sent the call, by the connection or by its PROXY protocol
   */
  InetAddress of(InetAddress peer, RequestHeaders headers);
}
