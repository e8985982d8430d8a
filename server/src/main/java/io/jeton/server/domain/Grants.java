package io.jeton.server.domain;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a caller is allowed, realm by realm. Immutable.
 *
 * <p>A realm's permissions are kept as bits, so that the check on every call is one map look-up.
 */
public final class Grants {
  /** Stands for every realm. */
  public static final String ALL_REALMS = "*";

  private final Map<String, Integer> bitsByRealm;
  private final int bitsEverywhere;

  private Grants(Map<String, Integer> bitsByRealm) {
    this.bitsByRealm = Map.copyOf(bitsByRealm);
    this.bitsEverywhere = bitsByRealm.getOrDefault(ALL_REALMS, 0);
  }

  /** Grants by realm name or {@link #ALL_REALMS}. */
  public static Grants of(Map<String, ? extends Set<Permission>> permissions) {
    Map<String, Integer> bits = new TreeMap<>();
    permissions.forEach(
        (realm, allowed) ->
            bits.put(realm, allowed.stream().mapToInt(Permission::bit).reduce(0, (a, b) -> a | b)));
    return new Grants(bits);
  }

  /** Reads what {@link #bits()} gave. */
  public static Grants ofBits(Map<String, Integer> bits) {
    return new Grants(bits);
  }

  /** The stored form: one number a realm. */
  public Map<String, Integer> bits() {
    return bitsByRealm;
  }

  /** The permissions by realm, in the order of the realms' names. */
  public Map<String, Set<Permission>> permissions() {
    Map<String, Set<Permission>> result = new TreeMap<>();
    bitsByRealm.forEach(
        (realm, bits) -> {
          Set<Permission> allowed = EnumSet.noneOf(Permission.class);
          for (Permission permission : Permission.values()) {
            if ((bits & permission.bit()) != 0) {
              allowed.add(permission);
            }
          }
          result.put(realm, allowed);
        });
    return result;
  }

  /** Whether this is allowed in the realm of that name. Allocates nothing. */
  public boolean allows(String realm, Permission permission) {
    int wanted = permission.bit() | Permission.ADMIN.bit();
    if ((bitsEverywhere & wanted) != 0) {
      return true;
    }
    Integer bits = bitsByRealm.get(realm);
    return bits != null && !realm.equals(ALL_REALMS) && (bits & wanted) != 0;
  }

  /** Whether everything is allowed everywhere, the callers' administration included. */
  public boolean isAdministrator() {
    return (bitsEverywhere & Permission.ADMIN.bit()) != 0;
  }
}
