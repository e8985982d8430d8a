package io.jeton.server.api;

import io.jeton.server.cache.Snapshot;
import io.jeton.server.crypto.KeyRing;
import io.jeton.server.crypto.KeySealer;
import io.jeton.server.crypto.OpenKey;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys that this node holds open in memory, as the store had them a moment ago. Reading
 * never blocks, changing does; safe for use by several threads.
 */
public final class SigningKeys {
  private final SigningKeyStore store;
  private final KeySealer sealer;
  private final Snapshot<KeyRing> ring;
  private final InstantSource clock;

  /** Reads the store for the first time, which blocks. */
  public SigningKeys(SigningKeyStore store, KeySealer sealer, InstantSource clock) {
    this.store = store;
    this.sealer = sealer;
    this.ring = new Snapshot<>(() -> sealer.open(store.all()));
    this.clock = clock;
  }

  KeyRing ring() {
    return ring.get();
  }

  /** What may be shown of every key, retired ones too. */
  public List<SigningKey> held() {
    return ring.get().all();
  }

  /** Reads the store again if it answers. Blocks. */
  public void refreshQuietly() {
    ring.refreshQuietly();
  }

  /**
   * Adds a key, held open when this returns.
   *
   * @param secret the secret of an HMAC key; empty: a random one
   * @return the key, or the one of this name that has the secret already
   */
  public SigningKey add(
      Realm realm, String name, Algorithm algorithm, Optional<byte[]> secret, Actor actor) {
    return add(realm, name, algorithm, secret, Duration.ZERO, actor);
  }

  /**
   * Adds a key that is published at once and signs later, held open when this returns.
   *
   * @param secret the secret of an HMAC key; empty: a random one
   * @param signAfter how much later it signs
   * @return the key, or the one of this name that has the secret already
   */
  SigningKey add(
      Realm realm,
      String name,
      Algorithm algorithm,
      Optional<byte[]> secret,
      Duration signAfter,
      Actor actor) {
    Instant now = clock.instant();
    Optional<Instant> signTime =
        signAfter.isZero()
            ? Optional.empty()
            : Optional.of(Micros.toInstant(Micros.of(now.plus(signAfter))));
    SigningKey key =
        store.add(
            secret
                .map(each -> sealer.given(realm, name, algorithm, each))
                .orElseGet(() -> sealer.random(realm, name, algorithm))
                .signingFrom(signTime),
            now,
            actor);
    ring.refresh();
    return key;
  }

  /**
   * The newest active key of a name, made at its first use.
   *
   * @throws RefusedException SIGNING_KEY_RETIRED when the name has keys and none may sign
   */
  OpenKey signing(Realm realm, String name, Algorithm algorithm, Actor actor) {
    if (!ring.get().has(realm, name)) {
      ring.refresh();
    }
    if (!ring.get().has(realm, name)) {
      store.addFirst(sealer.random(realm, name, algorithm), clock.instant(), actor);
      ring.refresh();
    }
    return ring.get()
        .signing(realm, name, clock.instant())
        .orElseThrow(() -> RefusedException.of(Refusal.SIGNING_KEY_RETIRED));
  }

  /** Stops a key from signing, here when this returns. */
  SigningKey retire(Realm realm, int id, boolean emergency, Actor actor) {
    SigningKey key = store.retire(realm, id, emergency, clock.instant(), actor);
    ring.refresh();
    return key;
  }
}
