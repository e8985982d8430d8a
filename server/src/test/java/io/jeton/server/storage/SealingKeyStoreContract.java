package io.jeton.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SealingKeyStore.WrappedKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link SealingKeyStore} promises. */
abstract class SealingKeyStoreContract {
  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @Test
  void newest_isEmpty_atFirst() throws Exception {
    assertThat(store().sealingKeys().newest()).isEmpty();
  }

  @Test
  void newest_givesTheBytes_thatWereAdded() throws Exception {
    SealingKeyStore keys = store().sealingKeys();
    byte[] wrapped = {0, 1, -1, 0x20, 0};
    keys.addFirst(wrapped, Samples.NOW);

    assertThat(keys.newest().orElseThrow().wrapped()).isEqualTo(wrapped);
  }

  @Test
  void addFirst_changesNothing_whenThereIsOne() throws Exception {
    SealingKeyStore keys = store().sealingKeys();
    keys.addFirst(new byte[] {1}, Samples.NOW);
    WrappedKey first = keys.newest().orElseThrow();
    keys.addFirst(new byte[] {2}, Samples.NOW.plusSeconds(1));

    WrappedKey now = keys.newest().orElseThrow();
    assertThat(now.id()).isEqualTo(first.id());
    assertThat(now.wrapped()).containsExactly(1);
  }

  @Test
  void rewrap_replacesTheKeyThatItWasGiven_andNoOther() throws Exception {
    SealingKeyStore keys = store().sealingKeys();
    keys.addFirst(new byte[] {1}, Samples.NOW);
    WrappedKey was = keys.newest().orElseThrow();

    assertThat(keys.rewrap(was, new byte[] {2}, Samples.NOW, Samples.ACTOR)).isTrue();
    assertThat(keys.rewrap(was, new byte[] {3}, Samples.NOW, Samples.ACTOR)).isFalse();

    WrappedKey now = keys.newest().orElseThrow();
    assertThat(now.id()).isEqualTo(was.id());
    assertThat(now.wrapped()).containsExactly(2);
    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(
                Samples.NOW, Samples.ACTOR, "RewrapKeyRing", "", Integer.toString(was.id())));
  }

  @Test
  void addFirst_electsOneKey_whenThreadsAddAtOnce() throws Exception {
    SealingKeyStore keys = store().sealingKeys();
    List<Race.Outcome<Byte>> seen =
        Race.run(
            16,
            n ->
                () -> {
                  keys.addFirst(new byte[] {(byte) n}, Samples.NOW);
                  return keys.newest().orElseThrow().wrapped()[0];
                });

    assertThat(seen).allMatch(Race.Outcome::isWon);
    assertThat(seen).extracting(Race.Outcome::value).containsOnly(seen.get(0).value());
  }
}
