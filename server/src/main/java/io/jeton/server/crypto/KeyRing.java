package io.jeton.server.crypto;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signing keys of all realms. Immutable. */
public final class KeyRing {
  private final Map<Integer, Map<String, List<OpenKey>>> keys = new HashMap<>();

  /** Takes keys of which those of a name come the oldest first. */
  KeyRing(List<OpenKey> all) {
    for (OpenKey each : all) {
      keys.computeIfAbsent(each.key().realm().id(), any -> new HashMap<>())
          .computeIfAbsent(each.key().name(), any -> new ArrayList<>())
          .add(each);
    }
  }

  /** Whether a name has keys, retired ones too. */
  public boolean has(Realm realm, String name) {
    return !named(realm, name).isEmpty();
  }

  /** What may be shown of every key. */
  public List<SigningKey> all() {
    return keys.values().stream()
        .flatMap(names -> names.values().stream())
        .flatMap(List::stream)
        .map(OpenKey::key)
        .toList();
  }

  /** The key with an id, a retired one too. */
  public Optional<OpenKey> byId(Realm realm, int id) {
    return keys.getOrDefault(realm.id(), Map.of()).values().stream()
        .flatMap(List::stream)
        .filter(each -> each.key().id() == id)
        .findFirst();
  }

  /**
   * The newest active key of a name whose time has come; when that of none has, the oldest, because
   * a wait that nobody can use must not stop what is to be signed.
   */
  public Optional<OpenKey> signing(Realm realm, String name, Instant now) {
    List<OpenKey> active =
        named(realm, name).stream().filter(each -> !each.key().isRetired()).toList();
    return active.stream()
        .filter(each -> each.key().isDue(now))
        .reduce((older, newer) -> newer)
        .or(() -> active.stream().findFirst());
  }

  /**
   * The token that a text is, if one of these names' keys signed it. Retired keys count, revoked
   * ones do not.
   */
  public Optional<SignedJwt> verify(Realm realm, Collection<String> names, String text) {
    Optional<Jwt> token = Jwt.parse(text);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    for (String name : names) {
      for (OpenKey each : named(realm, name)) {
        if (!each.key().isRevoked() && each.hasSigned(token.get())) {
          return Optional.of(new SignedJwt(each.key(), token.get().payload()));
        }
      }
    }
    return Optional.empty();
  }

  /** The key of a name that has this secret. */
  public Optional<SigningKey> withSecret(Realm realm, String name, byte[] secret) {
    return named(realm, name).stream()
        .filter(each -> each.hasSecret(secret))
        .map(OpenKey::key)
        .findFirst();
  }

  /** The public keys of a realm as a JSON Web Key Set, but for those that were revoked. */
  public String publicKeys(Realm realm) {
    return PublicKeys.json(
        keys.getOrDefault(realm.id(), Map.of()).values().stream()
            .flatMap(List::stream)
            .map(OpenKey::key)
            .filter(key -> !key.isRevoked())
            .toList());
  }

  private List<OpenKey> named(Realm realm, String name) {
    return keys.getOrDefault(realm.id(), Map.of()).getOrDefault(name, List.of());
  }

  /** A token whose signature holds: the key that made it, and the claims. */
  public record SignedJwt(SigningKey key, Claims claims) {}
}
