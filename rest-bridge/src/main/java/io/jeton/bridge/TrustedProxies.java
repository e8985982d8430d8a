package io.jeton.bridge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word about a client counts: what {@code X-Forwarded-For} and {@code
 * X-Forwarded-Proto} say is believed only of requests that come from one of these. Immutable.
 */
public final class TrustedProxies {
  private static final String EXPECTED =
      "addresses or networks such as 10.0.0.0/8, ::1 or fd00::/8";

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * The proxies in networks.
   *
   * @param networks the value of the key {@code trusted-proxies:}
   * @throws SettingsException when one of them is none
   */
  public static TrustedProxies of(List<String> networks) {
    List<Network> parsed = new ArrayList<>();
    for (String text : networks) {
      parsed.add(
          Network.parse(text)
              .orElseThrow(() -> SettingsException.of("trusted-proxies", text, EXPECTED)));
    }
    return new TrustedProxies(parsed);
  }

  /**
   * The client's address: the last on the way that is not one of a trusted proxy.
   *
   * @param peer who sent the request, by the connection or by its PROXY protocol
   */
  public InetAddress client(InetAddress peer, RequestHeaders headers) {
    if (!trusts(peer)) {
      return peer;
    }
    InetAddress client = peer;
    for (String hop : hopsFromTheLast(headers)) {
      Optional<InetAddress> before = Addresses.parseForwarded(hop);
      if (!trusts(client) || before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  /** Whether the client speaks TLS, by the word of the proxy if it is trusted. */
  boolean isTls(InetAddress peer, RequestHeaders headers, boolean tlsHere) {
    String proto = headers.get(HttpHeaderNames.X_FORWARDED_PROTO);
    if (proto == null || !trusts(peer)) {
      return tlsHere;
    }
    return proto.equalsIgnoreCase("https");
  }

  /** Whether an address is one of theirs. */
  public boolean trusts(InetAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> hopsFromTheLast(RequestHeaders headers) {
    List<String> hops = new ArrayList<>();
    for (String value : headers.getAll(HttpHeaderNames.X_FORWARDED_FOR)) {
      hops.addAll(List.of(value.split(",", -1)));
    }
    Collections.reverse(hops);
    return hops;
  }
}
