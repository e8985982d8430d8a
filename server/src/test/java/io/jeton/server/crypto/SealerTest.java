package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.crypto.Sealer.WrongMasterKeyException;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.storage.Race;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final MasterKey MASTER = MasterKey.parse("01".repeat(32));
  private static final MasterKey NEXT = MasterKey.parse("02".repeat(32));
  private static final MasterKey OTHER = MasterKey.parse("03".repeat(32));
  private static final byte[] PLAIN = bytes("the answer");
  private static final byte[] CONTEXT = bytes("IssueToken 7 r");

  private final SealingKeyStore store = new InMemoryStore().sealingKeys();
  private Sealer sealer;

  @BeforeEach
  void open() throws Exception {
    sealer = Sealer.open(MASTER, store, Instant.EPOCH);
  }

  @Test
  void open_givesWhatWasSealed() {
    for (byte[] plain : new byte[][] {PLAIN, {}, new byte[10_000]}) {
      assertThat(sealer.open(sealer.seal(plain, CONTEXT), CONTEXT)).contains(plain);
    }
  }

  @Test
  void open_givesWhatAnEarlierProcessSealed() throws Exception {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);

    assertThat(Sealer.open(MASTER, store, Instant.EPOCH).open(sealed, CONTEXT)).contains(PLAIN);
  }

  @Test
  void open_takesANewMasterKeyIntoUse_andOpensWhatWasSealedBefore() throws Exception {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);
    byte[] fingerprint = sealer.fingerprint(PLAIN);

    Sealer.Opened opened = Sealer.open(NEXT, List.of(OTHER, MASTER), store, Instant.EPOCH);

    assertThat(opened.isRewrapped()).isTrue();
    assertThat(opened.sealer().open(sealed, CONTEXT)).contains(PLAIN);
    assertThat(opened.sealer().fingerprint(PLAIN)).isEqualTo(fingerprint);
    assertThat(Sealer.open(NEXT, List.of(MASTER), store, Instant.EPOCH).isRewrapped()).isFalse();
    assertThat(Sealer.open(NEXT, store, Instant.EPOCH).open(sealed, CONTEXT)).contains(PLAIN);
    assertThatThrownBy(() -> Sealer.open(MASTER, store, Instant.EPOCH))
        .isInstanceOf(WrongMasterKeyException.class);
  }

  @Test
  void open_changesNothing_whenNoMasterKeyIsTheRings() throws Exception {
    assertThatThrownBy(() -> Sealer.open(NEXT, List.of(OTHER), store, Instant.EPOCH))
        .isInstanceOf(WrongMasterKeyException.class);
    Sealer.open(MASTER, store, Instant.EPOCH);
  }

  @Test
  void open_letsSeveralTakeTheNewKeyIntoUseAtOnce() throws Exception {
    var outcomes = Race.run(8, n -> () -> Sealer.open(NEXT, List.of(MASTER), store, Instant.EPOCH));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
  }

  @Test
  void open_findsTheRing_whenAnotherTakesTheNewKeyIntoUseInBetween() throws Exception {
    for (int reads = 1; reads <= 3; reads++) {
      SealingKeyStore ring = new InMemoryStore().sealingKeys();
      byte[] sealed = Sealer.open(MASTER, ring, Instant.EPOCH).seal(PLAIN, CONTEXT);
      Rival rival = new Rival(ring, reads);

      Sealer.Opened opened = Sealer.open(NEXT, List.of(MASTER), rival, Instant.EPOCH);

      assertThat(opened.sealer().open(sealed, CONTEXT)).as("read " + reads).contains(PLAIN);
      assertThat(opened.isRewrapped()).isEqualTo(!rival.hasActed());
    }
  }

  /** A store in which another process takes the next key into use right after a given read. */
  private static final class Rival implements SealingKeyStore {
    private final SealingKeyStore ring;
    private int readsLeft;

    Rival(SealingKeyStore ring, int reads) {
      this.ring = ring;
      this.readsLeft = reads;
    }

    boolean hasActed() {
      return readsLeft <= 0;
    }

    @Override
    public Optional<WrappedKey> newest() {
      Optional<WrappedKey> newest = ring.newest();
      if (--readsLeft == 0) {
        assertThatCode(() -> Sealer.open(NEXT, List.of(MASTER), ring, Instant.EPOCH))
            .doesNotThrowAnyException();
      }
      return newest;
    }

    @Override
    public void addFirst(byte[] wrapped, Instant at) {
      ring.addFirst(wrapped, at);
    }

    @Override
    public boolean rewrap(WrappedKey was, byte[] wrapped, Instant at, Actor actor) {
      return ring.rewrap(was, wrapped, at, actor);
    }
  }

  @Test
  void seal_neverGivesTheSameTwice_norShowsTheText() {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);

    assertThat(sealer.seal(PLAIN, CONTEXT)).isNotEqualTo(sealed);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("answer");
  }

  @Test
  void open_refusesOtherContext() {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);

    assertThat(sealer.open(sealed, bytes("IssueToken 7 R"))).isEmpty();
    assertThat(sealer.open(sealed, new byte[0])).isEmpty();
  }

  @Test
  void open_refusesEveryChangedByte() {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(sealer.open(changed, CONTEXT)).as("byte " + i).isEmpty();
    }
  }

  @Test
  void open_refusesEveryShorterText() {
    byte[] sealed = sealer.seal(PLAIN, CONTEXT);
    for (int length = 0; length < sealed.length; length++) {
      assertThat(sealer.open(Arrays.copyOf(sealed, length), CONTEXT)).isEmpty();
    }
  }

  @Test
  void open_refusesWhatAnotherRingSealed() throws Exception {
    Sealer other = Sealer.open(MASTER, new InMemoryStore().sealingKeys(), Instant.EPOCH);

    assertThat(sealer.open(other.seal(PLAIN, CONTEXT), CONTEXT)).isEmpty();
  }

  @Test
  void ring_doesNotOpen_underAnotherMasterKey() {
    MasterKey other = MasterKey.parse("02".repeat(32));

    assertThatThrownBy(() -> Sealer.open(other, store, Instant.EPOCH))
        .isInstanceOf(WrongMasterKeyException.class);
  }

  @Test
  void ring_doesNotOpen_whenAByteOfItChanged() {
    byte[] wrapped = store.newest().orElseThrow().wrapped();
    for (int i = 0; i < wrapped.length; i++) {
      byte[] changed = wrapped.clone();
      changed[i] ^= 1;
      SealingKeyStore broken = new InMemoryStore().sealingKeys();
      broken.addFirst(changed, Instant.EPOCH);
      assertThatThrownBy(() -> Sealer.open(MASTER, broken, Instant.EPOCH))
          .isInstanceOf(WrongMasterKeyException.class);
    }
  }

  @Test
  void nodesThatStartAtOnce_openEachOthersAnswers() throws Exception {
    SealingKeyStore empty = new InMemoryStore().sealingKeys();
    var sealers = Race.run(8, n -> () -> Sealer.open(MASTER, empty, Instant.EPOCH));

    byte[] sealed = sealers.get(0).value().seal(PLAIN, CONTEXT);
    assertThat(sealers)
        .allSatisfy(each -> assertThat(each.value().open(sealed, CONTEXT)).contains(PLAIN));
  }

  @Test
  void fingerprint_isTheSame_forTheSameTextAndRingOnly() throws Exception {
    Sealer again = Sealer.open(MASTER, store, Instant.EPOCH);
    Sealer other = Sealer.open(MASTER, new InMemoryStore().sealingKeys(), Instant.EPOCH);

    assertThat(sealer.fingerprint(PLAIN)).hasSize(32).isEqualTo(again.fingerprint(PLAIN));
    assertThat(sealer.fingerprint(PLAIN)).isNotEqualTo(other.fingerprint(PLAIN));
    assertThat(sealer.fingerprint(PLAIN)).isNotEqualTo(sealer.fingerprint(CONTEXT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
