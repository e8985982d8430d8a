package io.jeton.server.api;

import io.jeton.server.crypto.PublicKeys;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import java.util.Map;
import java.util.function.Supplier;

/** The public keys of realms, for everybody. Never blocks; safe for use by several threads. */
public final class PublishedKeys {
  private final Supplier<Map<String, Realm>> realms;
  private final SigningKeys keys;

  /** Takes the realms by name. */
  public PublishedKeys(Supplier<Map<String, Realm>> realms, SigningKeys keys) {
    this.realms = realms;
    this.keys = keys;
  }

  /**
   * The JSON Web Key Set of the realm of that name, "default" when it is empty. A realm that does
   * not exist is one without keys: strangers learn nothing of which realms there are.
   */
  public String json(String realmName) {
    Realm realm = realms.get().get(realmName.isEmpty() ? RealmName.DEFAULT.value() : realmName);
    return realm == null ? PublicKeys.none() : keys.ring().publicKeys(realm);
  }
}
