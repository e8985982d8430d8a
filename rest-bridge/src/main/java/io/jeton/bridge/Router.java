package io.jeton.bridge;

import java.util.List;
import java.util.Optional;

/** Finds the owner of a path among the mounted instances. Immutable. */
final class Router {
  private static final String ROOT = "/";

  private final List<Mounted> mounts;

  Router(List<Mounted> mounts) {
    this.mounts = List.copyOf(mounts);
  }

  /**
   * The instance with the strongest claim; of equals the first in the order of the configuration.
   *
   * @param path the path as it was sent, without the query
   */
  Optional<Owner> owner(String path) {
    Optional<Owner> strongest = Optional.empty();
    int strength = Contract.NONE;
    for (Mounted mounted : mounts) {
      for (String prefix : mounted.prefixes()) {
        if (!isUnder(prefix, path)) {
          continue;
        }
        String rest = path.length() == prefix.length() ? ROOT : path.substring(prefix.length());
        int claim = mounted.contract().claim(prefix, rest);
        if (claim > strength) {
          strength = claim;
          strongest = Optional.of(new Owner(mounted, prefix, rest));
        }
        if (strength == Contract.DOCUMENTED) {
          // No claim is stronger.
          return strongest;
        }
      }
    }
    return strongest;
  }

  /** The owner of a request whose path could not be read. */
  Optional<Owner> ownerOfUnreadable() {
    return owner(ROOT);
  }

  private static boolean isUnder(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
