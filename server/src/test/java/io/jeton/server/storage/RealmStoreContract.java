package io.jeton.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmStore;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link RealmStore} promises. */
abstract class RealmStoreContract {
  private static final Actor ACTOR = new Actor(7, "192.0.2.1", "r");

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

  @Test
  void put_addsChangesAndLeavesARealm() throws Exception {
    StoreUnderTest store = store();
    RealmStore realms = store.realms();
    var name = Samples.realm("shop");
    Optional<ZoneId> shanghai = Optional.of(ZoneId.of("Asia/Shanghai"));

    assertThat(realms.zone(name)).isEmpty();
    assertThat(realms.put(name, Optional.empty(), Samples.NOW, ACTOR)).isEqualTo(Imported.CREATED);
    assertThat(realms.zone(name)).contains(ZoneId.of("UTC"));
    assertThat(realms.put(name, shanghai, Samples.NOW, ACTOR)).isEqualTo(Imported.CHANGED);
    assertThat(realms.put(name, shanghai, Samples.NOW, ACTOR)).isEqualTo(Imported.UNCHANGED);
    assertThat(realms.put(name, Optional.empty(), Samples.NOW, ACTOR))
        .isEqualTo(Imported.UNCHANGED);
    assertThat(realms.zone(name)).isEqualTo(shanghai);
    assertThat(realms.all()).extracting(Realm::name).containsExactly(name);
    assertThat(store.audit())
        .extracting(
            AuditRecord::action, AuditRecord::realm, AuditRecord::target, AuditRecord::actor)
        .containsExactly(
            tuple("ImportRealm", "shop", "shop", ACTOR),
            tuple("ImportRealm", "shop", "shop", ACTOR));
  }

  @Test
  void put_addsARealm_withItsZone() throws Exception {
    RealmStore realms = store().realms();
    Optional<ZoneId> shanghai = Optional.of(ZoneId.of("Asia/Shanghai"));

    assertThat(realms.put(Samples.realm("shop"), shanghai, Samples.NOW, ACTOR))
        .isEqualTo(Imported.CREATED);
    assertThat(realms.zone(Samples.realm("shop"))).isEqualTo(shanghai);
    assertThat(realms.zone(Samples.realm("other"))).isEmpty();
    realms.ensure(Samples.realm("other"), Samples.NOW);
    assertThat(realms.zones())
        .containsOnly(
            entry(Samples.realm("shop"), ZoneId.of("Asia/Shanghai")),
            entry(Samples.realm("other"), ZoneId.of("UTC")));
  }

  @Test
  void put_createsOneRealm_whenThreadsAskAtOnce() throws Exception {
    RealmStore realms = store().realms();
    var outcomes =
        Race.run(
            16, n -> () -> realms.put(Samples.realm("same"), Optional.empty(), Samples.NOW, ACTOR));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes)
        .extracting(Race.Outcome::value)
        .containsOnlyOnce(Imported.CREATED)
        .containsOnly(Imported.CREATED, Imported.UNCHANGED);
    assertThat(realms.all()).hasSize(1);
  }
}
