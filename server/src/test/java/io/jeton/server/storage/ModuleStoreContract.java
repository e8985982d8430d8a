package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleChange;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SubModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ModuleStore} promises. */
abstract class ModuleStoreContract {
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final Optional<Instant> THEN = Optional.of(NOW.plusSeconds(3600));

  private ModuleStore modules;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    modules = store().modules();
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = store().realms().all().get(0);
    other = store().realms().all().get(1);
  }

  @Test
  void create_keepsEverything_andIsNoted() throws Exception {
    Module created =
        modules.create(
            realm,
            new NewModule(
                "Demo",
                "ident-é",
                THEN,
                Optional.of(true),
                List.of(part("kid", NEVER), part("Adult", THEN))),
            NOW,
            ACTOR);

    assertThat(created.id()).isPositive();
    assertThat(created.realm()).isEqualTo(realm);
    assertThat(created.name()).isEqualTo("Demo");
    assertThat(created.identification()).isEqualTo("ident-é");
    assertThat(created.expireTime()).isEqualTo(THEN);
    assertThat(created.disableTime()).contains(NOW);
    assertThat(created.createTime()).isEqualTo(NOW);
    assertThat(created.updateTime()).isEqualTo(NOW);
    assertThat(created.subModules())
        .extracting(SubModule::name, SubModule::expireTime)
        .containsExactly(tuple("Adult", THEN), tuple("kid", NEVER));
    assertThat(modules.all()).containsExactly(created);
    assertThat(modules.find(realm, "ＤＥＭＯ")).contains(created);
    assertThat(modules.find(other, "demo")).isEmpty();
    assertThat(modules.find(realm, "demo ")).isEmpty();
    assertThat(store().moduleRevisions()).containsExactly(created.id());
    assertThat(store().audit())
        .containsExactly(new AuditRecord(NOW, ACTOR, "CreateModule", "default", "" + created.id()));
  }

  @Test
  void create_refusesNamesThatAreTheSame_andIdentificationsThatAreEqual() throws Exception {
    create(realm, "demo", "ident");
    create(realm, "demo2", "Ident");
    create(other, "demo", "ident");
    List<AuditRecord> audit = store().audit();

    assertTaken("name", () -> create(realm, "Demo", "another"));
    assertTaken("name", () -> create(realm, "ｄemo", "another"));
    assertTaken("identification", () -> create(realm, "third", "ident"));
    assertThat(modules.all()).hasSize(3);
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void create_letsOneWin_whenThreadsCreateOneNameAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> create(realm, n % 2 == 0 ? "demo" : "DEMO", "i" + n));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(outcome -> assertThat(outcome.thrown()).hasMessage("MODULE_EXISTS"));
    assertThat(modules.all()).hasSize(1);
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void create_letsOneWin_whenThreadsCreateOneIdentificationAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> create(realm, "m" + n, "ident"));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(modules.all()).hasSize(1);
  }

  @Test
  void list_isByFoldedName_pageByPage_ofOneRealm() {
    for (String name : List.of("b", "C", "a", "é", "Z")) {
      create(realm, name, name);
    }
    create(other, "x", "x");

    assertThat(modules.list(realm, Optional.empty(), 2))
        .extracting(Module::name)
        .containsExactly("a", "b");
    assertThat(modules.list(realm, Optional.of("B"), 2))
        .extracting(Module::name)
        .containsExactly("C", "Z");
    assertThat(modules.list(realm, Optional.of("z"), 2))
        .extracting(Module::name)
        .containsExactly("é");
    assertThat(modules.all())
        .extracting(Module::name)
        .containsExactly("a", "b", "C", "Z", "é", "x");
  }

  @Test
  void update_changesWhatIsGiven_andKeepsTheRest() throws Exception {
    Module demo = create(realm, "demo", "ident");

    Module ended = update("DEMO", change(Optional.empty(), Optional.of(THEN), Optional.empty()));
    Module disabled =
        update("demo", change(Optional.of("new"), Optional.empty(), Optional.of(true)));
    Module active =
        update("demo", change(Optional.empty(), Optional.of(NEVER), Optional.of(false)));

    assertThat(ended.expireTime()).isEqualTo(THEN);
    assertThat(ended.identification()).isEqualTo("ident");
    assertThat(ended.name()).isEqualTo("demo");
    assertThat(ended.updateTime()).isEqualTo(LATER);
    assertThat(ended.createTime()).isEqualTo(NOW);
    assertThat(disabled.expireTime()).isEqualTo(THEN);
    assertThat(disabled.identification()).isEqualTo("new");
    assertThat(disabled.disableTime()).contains(LATER);
    assertThat(active.expireTime()).isEmpty();
    assertThat(active.isDisabled()).isFalse();
    assertThat(modules.all()).containsExactly(active);
    assertThat(store().moduleRevisions()).containsOnly(demo.id()).hasSize(4);
    assertThat(store().audit())
        .last()
        .isEqualTo(new AuditRecord(LATER, ACTOR, "UpdateModule", "default", "" + demo.id()));
  }

  @Test
  void update_thatChangesNothing_leavesNoTrace() throws Exception {
    Module demo = create(realm, "demo", "ident");
    update("demo", change(Optional.empty(), Optional.empty(), Optional.of(true)));
    int changes = store().audit().size();

    Module same =
        modules.update(
            realm,
            "demo",
            change(Optional.of("ident"), Optional.of(NEVER), Optional.of(true)),
            LATER.plusSeconds(9),
            ACTOR);

    assertThat(same.disableTime()).contains(LATER);
    assertThat(same.updateTime()).isEqualTo(LATER);
    assertThat(same.id()).isEqualTo(demo.id());
    assertThat(store().audit()).hasSize(changes);
    assertThat(store().moduleRevisions()).hasSize(changes);
  }

  @Test
  void update_refusesWhatIsNotThere_andWhatIsAnothers() {
    create(realm, "demo", "ident");
    create(realm, "two", "ident-2");
    ModuleChange taken = change(Optional.of("ident-2"), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> update("three", taken)).hasMessage("MODULE_NOT_FOUND");
    assertThatThrownBy(() -> modules.update(other, "demo", taken, LATER, ACTOR))
        .hasMessage("MODULE_NOT_FOUND");
    assertTaken("identification", () -> update("demo", taken));
    assertThat(modules.find(realm, "demo").orElseThrow().identification()).isEqualTo("ident");
  }

  @Test
  void putSubModule_addsAndChanges_andKeepsIdAndName() throws Exception {
    create(realm, "demo", "ident");

    Module added = modules.putSubModule(realm, "Demo", part("Kid", NEVER), LATER, ACTOR);
    Module changed =
        modules.putSubModule(realm, "demo", part("ＫＩＤ", THEN), LATER.plusSeconds(1), ACTOR);
    int changes = store().audit().size();
    Module same =
        modules.putSubModule(realm, "demo", part("kid", THEN), LATER.plusSeconds(2), ACTOR);

    SubModule kid = added.subModule("kid").orElseThrow();
    assertThat(kid.expireTime()).isEmpty();
    assertThat(added.updateTime()).isEqualTo(LATER);
    assertThat(changed.subModules()).containsExactly(new SubModule(kid.id(), "Kid", THEN));
    assertThat(changed.updateTime()).isEqualTo(LATER.plusSeconds(1));
    assertThat(same).isEqualTo(changed);
    assertThat(store().audit())
        .hasSize(changes)
        .last()
        .extracting("action")
        .isEqualTo("PutSubModule");
    assertThat(store().moduleRevisions()).hasSize(3);
    assertThatThrownBy(() -> modules.putSubModule(realm, "two", part("kid", NEVER), LATER, ACTOR))
        .hasMessage("MODULE_NOT_FOUND");
  }

  @Test
  void putSubModule_addsOne_whenThreadsAddItAtOnce() throws Exception {
    create(realm, "demo", "ident");

    var outcomes =
        Race.run(
            16, n -> () -> modules.putSubModule(realm, "demo", part("kid", NEVER), LATER, ACTOR));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(modules.find(realm, "demo").orElseThrow().subModules()).hasSize(1);
    assertThat(store().audit()).hasSize(2);
  }

  @Test
  void put_addsChangesAndKeeps() throws Exception {
    NewModule first =
        new NewModule("demo", "ident", THEN, Optional.empty(), List.of(part("kid", NEVER)));

    assertThat(put(first)).isEqualTo(Imported.CREATED);
    assertThat(put(first)).isEqualTo(Imported.UNCHANGED);
    assertThat(store().audit()).hasSize(1);
    assertThat(put(new NewModule("DEMO", "ident", THEN, Optional.of(true), List.of())))
        .isEqualTo(Imported.CHANGED);
    // What is not said of its state and its parts stays.
    assertThat(put(first)).isEqualTo(Imported.UNCHANGED);
    assertThat(
            put(
                new NewModule(
                    "demo", "ident", NEVER, Optional.empty(), List.of(part("kid", THEN)))))
        .isEqualTo(Imported.CHANGED);
    Module module = modules.find(realm, "demo").orElseThrow();
    assertThat(module.isDisabled()).isTrue();
    assertThat(module.expireTime()).isEmpty();
    assertThat(module.subModules()).extracting(SubModule::expireTime).containsExactly(THEN);
    create(realm, "two", "ident-2");
    assertTaken(
        "identification",
        () -> put(new NewModule("demo", "ident-2", NEVER, Optional.empty(), List.of())));
    assertThat(store().audit())
        .extracting(AuditRecord::action)
        .containsExactly("ImportModule", "ImportModule", "ImportModule", "CreateModule");
  }

  @Test
  void put_makesOne_whenThreadsPutItAtOnce() throws Exception {
    NewModule module = new NewModule("demo", "ident", NEVER, Optional.empty(), List.of());

    var outcomes = Race.run(16, n -> () -> put(module));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnlyOnce(Imported.CREATED);
    assertThat(modules.all()).hasSize(1);
  }

  private Module create(Realm in, String name, String identification) {
    return modules.create(
        in, new NewModule(name, identification, NEVER, Optional.empty(), List.of()), NOW, ACTOR);
  }

  private Module update(String name, ModuleChange change) {
    return modules.update(realm, name, change, LATER, ACTOR);
  }

  private Imported put(NewModule module) {
    return modules.put(realm, module, NOW, ACTOR);
  }

  private static ModuleChange change(
      Optional<String> identification,
      Optional<Optional<Instant>> expireTime,
      Optional<Boolean> disabled) {
    return new ModuleChange(identification, expireTime.map(ModuleChange.Expiry::new), disabled);
  }

  private static NewSubModule part(String name, Optional<Instant> expireTime) {
    return new NewSubModule(name, expireTime);
  }

  private static void assertTaken(String field, ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).hasMessage("MODULE_EXISTS");
    assertThat(refused.fields()).extracting("field").containsExactly(field);
  }
}
