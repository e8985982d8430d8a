package io.jeton.client;

import java.util.List;

/**
 * What a caller is allowed in one realm or in all.
 *
 * @param realm the tenant, or {@value #ALL_REALMS} for all of them
 * @param permissions what is allowed there
 * @param signKeys the names of the keys that it may have tokens signed with, or {@value #ALL_KEYS}
 */
public record Grant(String realm, List<Permission> permissions, List<String> signKeys) {
  /** Stands for every realm. */
  public static final String ALL_REALMS = "*";

  /** Stands for every signing key. */
  public static final String ALL_KEYS = "*";

  /** Copies the lists. */
  public Grant {
    permissions = List.copyOf(permissions);
    signKeys = List.copyOf(signKeys);
  }

  /** A grant without signing keys. */
  public Grant(String realm, List<Permission> permissions) {
    this(realm, permissions, List.of());
  }
}
