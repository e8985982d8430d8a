package io.jeton.client;

import java.util.List;

/**
 * What a caller is allowed in one realm or in all.
 *
 * @param realm the tenant, or {@value #ALL_REALMS} for all of them
 * @param permissions what is allowed there
 */
public record Grant(String realm, List<Permission> permissions) {
  /** Stands for every realm. */
  public static final String ALL_REALMS = "*";

  /** Copies the list. */
  public Grant {
    permissions = List.copyOf(permissions);
  }
}
