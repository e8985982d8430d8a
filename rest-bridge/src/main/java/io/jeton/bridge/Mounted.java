package io.jeton.bridge;

import java.util.List;
import java.util.Optional;

/**
 * An instance of a contract and where it is mounted.
 *
 * @param name the instance's name, which the tokens that it makes carry as their issuer
 * @param realm the realm whose accounts and tokens it serves
 * @param prefixes the prefixes that its paths are mounted under, each without a final slash; the
 *     empty one is the root
 * @param publicUrl scheme and authority that its clients use, if they are not those of the request
 */
public record Mounted(
    Contract contract,
    String name,
    String realm,
    List<String> prefixes,
    Optional<String> publicUrl) {
  public Mounted {
    prefixes = List.copyOf(prefixes);
  }
}
