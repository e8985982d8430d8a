package io.jeton.server.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a caller is allowed, realm by realm. Immutable.
 *
 * <p>A realm's permissions are kept as bits, so that the check on every call is one map look-up.
 */
public final class Grants {
  /** Stands for every realm. */
  public static final String ALL_REALMS = "*";

  /** Stands for every signing key. */
  public static final String ALL_KEYS = "*";

  private final Map<String, Integer> bitsByRealm;
  private final int bitsEverywhere;
  private final Map<String, SortedSet<String>> signKeys;

  private Grants(Map<String, Integer> bitsByRealm, Map<String, ? extends Set<String>> signKeys) {
    this.bitsByRealm = Map.copyOf(bitsByRealm);
    this.bitsEverywhere = bitsByRealm.getOrDefault(ALL_REALMS, 0);
    SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
    signKeys.forEach(
        (realm, keys) -> {
          if (!keys.isEmpty()) {
            sorted.put(realm, Collections.unmodifiableSortedSet(new TreeSet<>(keys)));
          }
        });
    this.signKeys = Collections.unmodifiableSortedMap(sorted);
  }

  /** Grants by realm name or {@link #ALL_REALMS}. */
  public static Grants of(Map<String, ? extends Set<Permission>> permissions) {
    return of(permissions, Map.of());
  }

  /**
   * Grants by realm name or {@link #ALL_REALMS}.
   *
   * @param signKeys the names of keys or {@link #ALL_KEYS}, for realms that have permissions
   */
  public static Grants of(
      Map<String, ? extends Set<Permission>> permissions,
      Map<String, ? extends Set<String>> signKeys) {
    Map<String, Integer> bits = new TreeMap<>();
    permissions.forEach(
        (realm, allowed) ->
            bits.put(realm, allowed.stream().mapToInt(Permission::bit).reduce(0, (a, b) -> a | b)));
    return new Grants(bits, signKeys);
  }

  /** Reads what {@link #bits()} gave, of a caller who may sign with no key. */
  public static Grants ofBits(Map<String, Integer> bits) {
    return ofBits(bits, Map.of());
  }

  /** Reads what {@link #bits()} and {@link #signKeys()} gave. */
  public static Grants ofBits(
      Map<String, Integer> bits, Map<String, ? extends Set<String>> signKeys) {
    return new Grants(bits, signKeys);
  }

  /** The stored form: one number a realm. */
  public Map<String, Integer> bits() {
    return bitsByRealm;
  }

  /** The keys that may be signed with, by realm; realms without any are left out. */
  public Map<String, SortedSet<String>> signKeys() {
    return signKeys;
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

  /** Whether signing with the keys of that name is allowed in the realm of that name. */
  public boolean allowsSigning(String realm, String key) {
    return allows(realm, Permission.ADMIN) || isAmong(ALL_REALMS, key) || isAmong(realm, key);
  }

  private boolean isAmong(String realm, String key) {
    Set<String> keys = signKeys.getOrDefault(realm, Collections.emptySortedSet());
    return keys.contains(ALL_KEYS) || keys.contains(key);
  }

  /** Whether everything is allowed everywhere, the callers' administration included. */
  public boolean isAdministrator() {
    return (bitsEverywhere & Permission.ADMIN.bit()) != 0;
  }
}
