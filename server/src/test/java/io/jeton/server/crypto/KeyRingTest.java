package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.SigningKeyStore.WrappedKey;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.testing.Jwts;
import io.jeton.server.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class KeyRingTest {
  private static final Realm REALM = Tokens.REALM;
  private static final Set<String> WEB = Set.of("web");
  private static final String PAYLOAD = "{\"sub\":1}";

  private final InMemoryStore tables = new InMemoryStore();
  private final SigningKeyStore store = tables.signingKeys();
  private final KeySealer sealer = sealer();

  @Test
  void verify_holdsForTheDocumentsTokens_underTheirShortSecret() {
    add(Algorithm.HS256, "changeme");

    for (String token : List.of(Jwts.CREATED, Jwts.REFRESHED)) {
      assertThat(ring().verify(REALM, WEB, token).orElseThrow().claims().textOrInteger("sub"))
          .contains("1");
    }
  }

  @Test
  void signing_waitsForAKeysTime_unlessThereIsNoOther() {
    int old =
        store.add(sealer.random(REALM, "web", Algorithm.HS256), Tokens.NOON, Actor.SERVER).id();
    Instant later = Tokens.NOON.plusSeconds(60);
    int next =
        store
            .add(
                sealer.random(REALM, "web", Algorithm.HS256).signingFrom(Optional.of(later)),
                Tokens.NOON,
                Actor.SERVER)
            .id();

    assertThat(signing(later.minusNanos(1))).isEqualTo(old);
    assertThat(signing(later)).isEqualTo(next);
    store.retire(REALM, old, false, Tokens.NOON, Actor.SERVER);
    assertThat(signing(later.minusNanos(1))).isEqualTo(next);
  }

  private int signing(Instant now) {
    return ring().signing(REALM, "web", now).orElseThrow().key().id();
  }

  @Test
  void verify_refusesEveryBitFlip() {
    add(Algorithm.HS256, "changeme");
    KeyRing ring = ring();

    for (String token : List.of(Jwts.CREATED, Jwts.REFRESHED)) {
      for (int i = 0; i < token.length(); i++) {
        for (int bit = 0; bit < 7; bit++) {
          char[] flipped = token.toCharArray();
          flipped[i] ^= (char) (1 << bit);
          assertThat(ring.verify(REALM, WEB, new String(flipped))).as("%d %d", i, bit).isEmpty();
        }
      }
    }
  }

  @Test
  void verify_takesTheKeysAlgorithm_whateverTheHeaderSays() {
    add(Algorithm.HS256, "changeme");
    KeyRing ring = ring();

    assertThat(ring.verify(REALM, WEB, Jwts.hs256("changeme", PAYLOAD))).isPresent();
    for (String alg : List.of("HS512", "none", "None", "hs256", "RS256", "ES256", "", "HS256 ")) {
      String header = "{\"typ\":\"JWT\",\"alg\":\"" + alg + "\"}";
      for (String mac : List.of("HmacSHA256", "HmacSHA512")) {
        assertThat(ring.verify(REALM, WEB, Jwts.sign(mac, "changeme", header, PAYLOAD)))
            .as("%s by %s", alg, mac)
            .isEmpty();
      }
      assertThat(ring.verify(REALM, WEB, Jwts.encode(header) + "." + Jwts.encode(PAYLOAD) + "."))
          .isEmpty();
    }
    for (String header : List.of("{}", "{\"alg\":null}", "{\"alg\":[\"HS256\"]}")) {
      assertThat(ring.verify(REALM, WEB, Jwts.sign("HmacSHA256", "changeme", header, PAYLOAD)))
          .isEmpty();
    }
    String honest = "{\"alg\":\"HS256\"}";
    assertThat(ring.verify(REALM, WEB, Jwts.sign("HmacSHA512", "changeme", honest, PAYLOAD)))
        .isEmpty();
  }

  @Test
  void verify_refusesWhatIsCritical_becauseNothingOfItIsUnderstood() {
    add(Algorithm.HS256, "changeme");
    String header = "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}";

    assertThat(ring().verify(REALM, WEB, Jwts.sign("HmacSHA256", "changeme", header, PAYLOAD)))
        .isEmpty();
  }

  @Test
  void verify_refusesOtherKeysNamesAndRealms() {
    add(Algorithm.HS256, "changeme");
    KeyRing ring = ring();
    String token = Jwts.hs256("changeme", PAYLOAD);

    assertThat(ring.verify(REALM, Set.of("app"), token)).isEmpty();
    assertThat(ring.verify(new Realm(2, REALM.name()), WEB, token)).isEmpty();
    assertThat(ring.verify(REALM, WEB, Jwts.hs256("changeme ", PAYLOAD))).isEmpty();
    assertThat(ring.verify(REALM, WEB, Jwts.hs256("Changeme", PAYLOAD))).isEmpty();
  }

  @Test
  void verify_countsRetiredKeys_butNotRevokedOnes() {
    int id = add(Algorithm.HS512, "changeme");
    String token =
        Jwts.sign("HmacSHA512", "changeme", "{\"alg\":\"HS512\",\"typ\":\"JWT\"}", PAYLOAD);

    store.retire(REALM, id, false, Tokens.NOON, Actor.SERVER);
    assertThat(ring().verify(REALM, WEB, token)).isPresent();
    assertThat(ring().signing(REALM, "web", Tokens.NOON)).isEmpty();
    store.retire(REALM, id, true, Tokens.NOON, Actor.SERVER);
    assertThat(ring().verify(REALM, WEB, token)).isEmpty();
  }

  /** Of an ECDSA signature everybody can make a second one that holds. */
  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"ES256", "RS256"})
  void verify_holdsForNoAsymmetricKey(Algorithm algorithm) {
    store.add(sealer.random(REALM, "web", algorithm), Tokens.NOON, Actor.SERVER);
    String token = sign("{\"alg\":\"" + algorithm + "\"}");

    assertThat(ring().verify(REALM, WEB, token)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void sign_isExactlyTheBytes_andHoldsForAStranger(Algorithm algorithm) throws Exception {
    byte[] secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef".getBytes();
    store.add(
        algorithm.isSymmetric()
            ? sealer.given(REALM, "web", algorithm, secret)
            : sealer.random(REALM, "web", algorithm),
        Tokens.NOON,
        Actor.SERVER);
    String header = "{ \"typ\":\"JWT\",\"alg\":\"" + algorithm + "\" }";

    SignedJWT token = SignedJWT.parse(sign(header));

    assertThat(token.getParsedParts()[0].decodeToString()).isEqualTo(header);
    assertThat(token.getParsedParts()[1].decodeToString()).isEqualTo(PAYLOAD);
    if (algorithm.isSymmetric()) {
      assertThat(token.verify(new MACVerifier(secret))).isTrue();
      assertThat(ring().publicKeys(REALM)).isEqualTo("{\"keys\":[]}");
      return;
    }
    JWK key = JWKSet.parse(ring().publicKeys(REALM)).getKeys().get(0);
    assertThat(key.isPrivate()).isFalse();
    assertThat(key.getAlgorithm().getName()).isEqualTo(algorithm.name());
    assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
    assertThat(
            algorithm == Algorithm.ES256
                ? token.verify(new ECDSAVerifier(key.toECKey()))
                : token.verify(new RSASSAVerifier(key.toRSAKey())))
        .isTrue();
  }

  @Test
  void publicKeys_areThoseOfRetiredKeysToo_theNewestFirst() throws Exception {
    int first =
        store.add(sealer.random(REALM, "web", Algorithm.ES256), Tokens.NOON, Actor.SERVER).id();
    NewKey second = sealer.random(REALM, "web", Algorithm.ES256);
    store.add(second, Tokens.NOON, Actor.SERVER);
    store.retire(REALM, first, false, Tokens.NOON, Actor.SERVER);

    assertThat(JWKSet.parse(ring().publicKeys(REALM)).getKeys())
        .hasSize(2)
        .first()
        .isEqualTo(JWK.parse(second.publicJwk().orElseThrow()));
    store.retire(REALM, first, true, Tokens.NOON, Actor.SERVER);
    assertThat(JWKSet.parse(ring().publicKeys(REALM)).getKeys()).hasSize(1);
  }

  @Test
  void signing_isTheNewestActiveKeyOfTheName() {
    int first = add(Algorithm.HS256, "one");
    int second = add(Algorithm.HS256, "two");

    assertThat(ring().signing(REALM, "web", Tokens.NOON).orElseThrow().key().id())
        .isEqualTo(second);
    store.retire(REALM, second, false, Tokens.NOON, Actor.SERVER);
    assertThat(ring().signing(REALM, "web", Tokens.NOON).orElseThrow().key().id()).isEqualTo(first);
    assertThat(ring().signing(REALM, "app", Tokens.NOON)).isEmpty();
  }

  @Test
  void aRandomSecret_isNeverTheSame_norInTheStoredBytes() {
    NewKey one = sealer.random(REALM, "web", Algorithm.HS256);
    NewKey two = sealer.random(REALM, "web", Algorithm.HS256);

    assertThat(one.fingerprint()).isNotEqualTo(two.fingerprint());
    NewKey given =
        sealer.given(REALM, "web", Algorithm.HS256, "changeme".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(given.wrapped(), StandardCharsets.ISO_8859_1)).doesNotContain("changeme");
    assertThat(given.fingerprint())
        .isEqualTo(
            sealer
                .given(REALM, "web", Algorithm.HS256, "changeme".getBytes(StandardCharsets.UTF_8))
                .fingerprint());
  }

  @Test
  void aKeyOfAnotherMasterKey_orOfAnotherName_isLoggedOnce_andDoesNothing() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(KeySealer.class);
    logger.addAppender(log);
    try {
      store.add(
          sealer().given(REALM, "web", Algorithm.HS256, Jwts.SECRET.getBytes()),
          Tokens.NOON,
          Actor.SERVER);
      NewKey moved = sealer.given(REALM, "app", Algorithm.HS256, Jwts.SECRET.getBytes());
      store.add(
          new NewKey(
              REALM, "web", moved.algorithm(), moved.wrapped(), new byte[32], moved.publicJwk()),
          Tokens.NOON,
          Actor.SERVER);

      assertThat(ring().verify(REALM, WEB, Jwts.CREATED)).isEmpty();
      assertThatThrownBy(() -> sign("{\"alg\":\"HS256\"}"))
          .isInstanceOf(IllegalStateException.class);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .hasSize(2)
        .allMatch(event -> event.getLevel() == Level.ERROR)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.startsWith("Signing key 1 (web of realm default) was not"));
  }

  private static KeySealer sealer() {
    try {
      String random = String.format("%064x", System.nanoTime());
      return new KeySealer(
          Sealer.open(MasterKey.parse(random), new InMemoryStore().sealingKeys(), Tokens.NOON));
    } catch (Sealer.WrongMasterKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyRing ring() {
    List<WrappedKey> all = store.all();
    return sealer.open(all);
  }

  private String sign(String header) {
    return ring()
        .signing(REALM, "web", Tokens.NOON)
        .orElseThrow()
        .sign(header.getBytes(StandardCharsets.UTF_8), PAYLOAD.getBytes(StandardCharsets.UTF_8))
        .reveal();
  }

  private int add(Algorithm algorithm, String secret) {
    return store
        .add(
            sealer.given(REALM, "web", algorithm, secret.getBytes(StandardCharsets.UTF_8)),
            Tokens.NOON,
            Actor.SERVER)
        .id();
  }
}
