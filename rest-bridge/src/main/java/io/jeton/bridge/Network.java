package io.jeton.bridge;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network in CIDR notation.
 *
 * @param bits how many leading bits its addresses have in common
 */
record Network(InetAddress address, int bits) {

  /** A network, or a single address. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    return Addresses.parse(literal)
        .flatMap(
            address -> {
              int all = address.getAddress().length * Byte.SIZE;
              return slash < 0
                  ? Optional.of(new Network(address, all))
                  : length(text.substring(slash + 1), all).map(bits -> new Network(address, bits));
            });
  }

  boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Integer> length(String text, int most) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text));
  }
}
