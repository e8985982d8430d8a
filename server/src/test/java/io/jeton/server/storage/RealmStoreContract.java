package io.jeton.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link RealmStore} promises. */
abstract class RealmStoreContract {
  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @Test
  void all_isEmpty_atFirst() throws Exception {
    assertThat(store().realms().all()).isEmpty();
  }

  @Test
  void ensure_addsRealm_once() throws Exception {
    RealmStore realms = store().realms();
    realms.ensure(Samples.realm("default"), Samples.NOW);
    List<Realm> first = realms.all();
    realms.ensure(Samples.realm("default"), Samples.NOW.plusSeconds(1));

    assertThat(realms.all()).isEqualTo(first).hasSize(1);
    assertThat(first.get(0).name()).isEqualTo(Samples.realm("default"));
  }

  @Test
  void all_hasEveryRealm_withAnIdOfItsOwn() throws Exception {
    RealmStore realms = store().realms();
    List<String> names = List.of("a", "a-b", "b", "0", "x".repeat(63));
    names.forEach(name -> realms.ensure(Samples.realm(name), Samples.NOW));

    assertThat(realms.all())
        .extracting(realm -> realm.name().value())
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(realms.all()).extracting(Realm::id).doesNotHaveDuplicates();
  }

  @Test
  void ensure_addsOneRealm_whenThreadsAskAtOnce() throws Exception {
    RealmStore realms = store().realms();
    var outcomes =
        Race.run(
            16,
            n ->
                () -> {
                  realms.ensure(Samples.realm("same"), Samples.NOW);
                  return n;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(realms.all()).hasSize(1);
  }
}
