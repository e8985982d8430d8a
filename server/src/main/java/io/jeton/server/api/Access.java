package io.jeton.server.api;

import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what, and finds the realm it is done in. Safe for use by several threads;
 * never blocks.
 */
public final class Access {
  private final Supplier<Map<String, Realm>> realms;

  /** Takes the realms by name. */
  public Access(Supplier<Map<String, Realm>> realms) {
    this.realms = realms;
  }

  /**
   * The realm that a request names, for a caller who is allowed this in it. A name that is empty is
   * the realm "default".
   *
   * @throws RefusedException KEY_MISSING without a caller, PERMISSION_MISSING, REALM_NOT_FOUND
   */
  Realm require(@Nullable Caller caller, String realmName, Permission permission) {
    String name = nameOf(realmName);
    if (caller == null) {
      throw RefusedException.of(Refusal.KEY_MISSING);
    }
    if (!caller.grants().allows(name, permission)) {
      throw RefusedException.ofPermission(permission);
    }
    return existing(name);
  }

  /**
   * The realm that a request names, for a caller who may issue tokens in it and sign them with the
   * keys of this name.
   *
   * @throws RefusedException KEY_MISSING without a caller, PERMISSION_MISSING, REALM_NOT_FOUND
   */
  Realm requireSigning(@Nullable Caller caller, String realmName, String key) {
    String name = nameOf(realmName);
    if (caller == null) {
      throw RefusedException.of(Refusal.KEY_MISSING);
    }
    if (!caller.grants().allows(name, Permission.ISSUE)) {
      throw RefusedException.ofPermission(Permission.ISSUE);
    }
    requireMaySign(caller, name, key);
    return existing(name);
  }

  /** Refuses a caller who may not sign with the keys of this name in the realm of that name. */
  static void requireMaySign(Caller caller, String realm, String key) {
    if (!caller.grants().allowsSigning(realm, key)) {
      throw RefusedException.ofPermission("SIGN:" + key);
    }
  }

  private static String nameOf(String realmName) {
    return realmName.isEmpty() ? RealmName.DEFAULT.value() : realmName;
  }

  private Realm existing(String name) {
    Realm realm = realms.get().get(name);
    if (realm == null) {
      throw RefusedException.of(Refusal.REALM_NOT_FOUND);
    }
    return realm;
  }

  /** Refuses whoever may not administer callers. */
  static void requireAdministrator(@Nullable Caller caller) {
    if (caller == null) {
      throw RefusedException.of(Refusal.KEY_MISSING);
    }
    if (!caller.grants().isAdministrator()) {
      throw RefusedException.ofPermission(Permission.ADMIN);
    }
  }
}
