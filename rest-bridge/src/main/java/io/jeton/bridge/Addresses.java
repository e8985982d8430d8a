package io.jeton.bridge;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads network addresses without ever asking a name server. */
final class Addresses {
  private Addresses() {}

  /**
   * The address that a literal stands for. An IPv4 address within an IPv6 one is the IPv4 address.
   */
  static Optional<InetAddress> parse(String literal) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The address of an entry of X-Forwarded-For, which may have a port. */
  static Optional<InetAddress> parseForwarded(String entry) {
    String text = entry.strip();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? Optional.empty() : parse(text.substring(1, end));
    }
    int colon = text.indexOf(':');
    boolean withPort = colon >= 0 && colon == text.lastIndexOf(':');
    return parse(withPort ? text.substring(0, colon) : text);
  }
}
