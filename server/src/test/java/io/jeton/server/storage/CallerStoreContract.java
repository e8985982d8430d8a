package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Caller;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CallerStore} promises. */
abstract class CallerStoreContract {
  private static final Grants ADMIN = grants("*", Permission.ADMIN);
  private static final Grants VERIFY = grants("default", Permission.VERIFY);

  private CallerStore callers;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    callers = store().callers();
  }

  @Test
  void isEmpty_untilTheFirstCaller_evenADisabledOne() throws Exception {
    assertThat(callers.isEmpty()).isTrue();
    create("root", ADMIN);
    create("a", VERIFY);
    assertThat(callers.isEmpty()).isFalse();
    callers.disable("a", NOW, ACTOR);
    assertThat(callers.isEmpty()).isFalse();
  }

  @Test
  void create_givesTheCaller_asByNameDoes() throws Exception {
    Grants grants =
        Grants.of(
            Map.of(
                "default",
                EnumSet.allOf(Permission.class),
                "other",
                EnumSet.of(Permission.LIST),
                "*",
                EnumSet.of(Permission.VERIFY)));
    Caller created = create("billing", grants);

    assertThat(created.name()).isEqualTo("billing");
    assertThat(created.createTime()).isEqualTo(NOW);
    assertThat(created.disableTime()).isEmpty();
    assertThat(created.id()).isPositive();
    assertThat(created.grants().permissions()).isEqualTo(grants.permissions());
    assertSame(callers.byName("billing").orElseThrow(), created);
  }

  @Test
  void signKeys_areKept_asTheyWereGranted() throws Exception {
    Grants grants =
        Grants.of(
            Map.of("default", EnumSet.of(Permission.ISSUE), "*", EnumSet.of(Permission.VERIFY)),
            Map.of("default", Set.of("web", "a.b-c_d"), "*", Set.of("*")));
    Caller created = create("billing", grants);

    assertThat(created.grants().signKeys()).isEqualTo(grants.signKeys());
    assertSame(callers.byName("billing").orElseThrow(), created);
    assertSame(callers.enabledByKey().get(Samples.serviceKey("billing")), created);
    create("root", ADMIN);
    assertThat(callers.update("billing", VERIFY, NOW, ACTOR).grants().signKeys()).isEmpty();
  }

  @Test
  void byName_isExact() throws Exception {
    create("billing", VERIFY);

    for (String other : List.of("Billing", "billing ", "billin", "")) {
      assertThat(callers.byName(other)).isEmpty();
    }
  }

  @Test
  void create_refusesTakenName_andChangesNothing() throws Exception {
    Caller first = create("billing", VERIFY);
    List<AuditRecord> audit = store().audit();

    assertRefused(
        Refusal.CALLER_EXISTS,
        () -> callers.create("billing", Samples.serviceKey("second"), ADMIN, NOW, ACTOR));

    assertSame(callers.byName("billing").orElseThrow(), first);
    assertThat(callers.enabledByKey()).containsOnlyKeys(Samples.serviceKey("billing"));
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void create_neverGivesDisabledCallersName_again() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    callers.disable("a", NOW, ACTOR);

    assertRefused(Refusal.CALLER_EXISTS, () -> create("a", VERIFY, "second"));
  }

  @Test
  void create_letsOneWin_whenThreadsTakeTheSameName() throws Exception {
    var outcomes = Race.run(16, n -> () -> create("same", VERIFY, "key" + n));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(
            outcome ->
                assertThat(((RefusedException) outcome.thrown()).refusal())
                    .isEqualTo(Refusal.CALLER_EXISTS));
    assertThat(callers.enabledByKey()).hasSize(1);
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void enabledByKey_hasEveryCaller_exceptDisabledOnes() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    create("none", Grants.of(Map.of()));
    create("gone", VERIFY);
    callers.disable("gone", NOW, ACTOR);

    var enabled = callers.enabledByKey();

    assertThat(enabled)
        .containsOnlyKeys(
            Samples.serviceKey("root"), Samples.serviceKey("a"), Samples.serviceKey("none"));
    for (String name : List.of("root", "a", "none")) {
      assertSame(enabled.get(Samples.serviceKey(name)), callers.byName(name).orElseThrow());
    }
  }

  @Test
  void enabledByKey_neverHasACaller_withoutItsGrants() throws Exception {
    AtomicBoolean creating = new AtomicBoolean(true);
    var outcomes =
        Race.run(
            2,
            n ->
                () -> {
                  if (n == 0) {
                    try {
                      for (int i = 0; i < 150; i++) {
                        create("caller" + i, VERIFY);
                      }
                    } finally {
                      creating.set(false);
                    }
                  }
                  while (creating.get()) {
                    assertThat(callers.enabledByKey().values())
                        .allMatch(caller -> caller.grants().allows("default", Permission.VERIFY));
                  }
                  return n;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(callers.enabledByKey()).hasSize(150);
  }

  @Test
  void list_isOrderedByNamesBytes_andPaged() throws Exception {
    for (String name : List.of("b", "a-b", "a", "ab", "a0", "z")) {
      create(name, VERIFY);
    }

    assertThat(callers.list(Optional.empty(), 10))
        .extracting(Caller::name)
        .containsExactly("a", "a-b", "a0", "ab", "b", "z");
    assertThat(callers.list(Optional.empty(), 2))
        .extracting(Caller::name)
        .containsExactly("a", "a-b");
    assertThat(callers.list(Optional.of("a-b"), 2))
        .extracting(Caller::name)
        .containsExactly("a0", "ab");
    assertThat(callers.list(Optional.of("aa"), 2))
        .extracting(Caller::name)
        .containsExactly("ab", "b");
    assertThat(callers.list(Optional.of("z"), 2)).isEmpty();
  }

  @Test
  void list_showsDisabledCallers_andGrants() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    callers.disable("a", NOW.plusSeconds(1), ACTOR);

    List<Caller> listed = callers.list(Optional.empty(), 10);

    assertThat(listed).extracting(Caller::name).containsExactly("a", "root");
    assertThat(listed.get(0).disableTime()).contains(NOW.plusSeconds(1));
    assertThat(listed.get(0).grants().permissions()).isEqualTo(VERIFY.permissions());
    assertThat(listed.get(1).grants().isAdministrator()).isTrue();
  }

  @Test
  void update_replacesGrants_whole() throws Exception {
    create("root", ADMIN);
    Caller before = create("a", VERIFY);
    Grants other = grants("other", Permission.ISSUE);

    Caller after = callers.update("a", other, NOW.plusSeconds(1), ACTOR);

    assertThat(after.grants().permissions()).isEqualTo(other.permissions());
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.createTime()).isEqualTo(before.createTime());
    assertSame(callers.byName("a").orElseThrow(), after);
    assertSame(callers.enabledByKey().get(Samples.serviceKey("a")), after);
  }

  @Test
  void update_refusesUnknownAndDisabledCallers() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    callers.disable("a", NOW, ACTOR);

    assertRefused(Refusal.CALLER_NOT_FOUND, () -> callers.update("b", VERIFY, NOW, ACTOR));
    assertRefused(Refusal.CALLER_DISABLED, () -> callers.update("a", ADMIN, NOW, ACTOR));
    assertThat(callers.byName("a").orElseThrow().grants().permissions())
        .isEqualTo(VERIFY.permissions());
  }

  @Test
  void disable_isFinal_andStaysAtTheFirstTime() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    Caller disabled = callers.disable("a", NOW.plusSeconds(1), ACTOR);
    List<AuditRecord> audit = store().audit();

    assertThat(disabled.disableTime()).contains(NOW.plusSeconds(1));
    assertSame(callers.disable("a", NOW.plusSeconds(2), ACTOR), disabled);
    assertSame(callers.byName("a").orElseThrow(), disabled);
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void disable_refusesUnknownCaller() throws Exception {
    create("root", ADMIN);

    assertRefused(Refusal.CALLER_NOT_FOUND, () -> callers.disable("b", NOW, ACTOR));
  }

  @Test
  void lastAdministrator_canNeitherBeDisabled_norLoseItsGrant() throws Exception {
    create("root", ADMIN);
    create("local", grants("default", Permission.ADMIN));
    create("former", ADMIN);
    callers.disable("former", NOW, ACTOR);
    List<AuditRecord> audit = store().audit();

    assertRefused(Refusal.LAST_ADMINISTRATOR, () -> callers.disable("root", NOW, ACTOR));
    assertRefused(Refusal.LAST_ADMINISTRATOR, () -> callers.update("root", VERIFY, NOW, ACTOR));

    Caller root = callers.byName("root").orElseThrow();
    assertThat(root.isDisabled()).isFalse();
    assertThat(root.grants().isAdministrator()).isTrue();
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void administrator_canBeDisabled_whenThereIsAnother() throws Exception {
    create("one", ADMIN);
    create("two", ADMIN);

    assertThat(callers.disable("one", NOW, ACTOR).isDisabled()).isTrue();
  }

  @Test
  void lastTwoAdministrators_cannotDisableEachOther_atOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      String[] names = {"one" + round, "two" + round};
      create(names[0], ADMIN);
      create(names[1], ADMIN);
      for (Caller each : callers.list(Optional.empty(), 100)) {
        if (!Set.of(names).contains(each.name())) {
          callers.disable(each.name(), NOW, ACTOR);
        }
      }

      boolean update = round % 2 == 1;
      var outcomes =
          Race.run(
              2,
              n ->
                  () ->
                      update && n == 1
                          ? callers.update(names[n], VERIFY, NOW, ACTOR)
                          : callers.disable(names[n], NOW, ACTOR));

      assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.isWon())
          .allSatisfy(
              outcome ->
                  assertThat(((RefusedException) outcome.thrown()).refusal())
                      .isEqualTo(Refusal.LAST_ADMINISTRATOR));
      assertThat(callers.enabledByKey().values())
          .filteredOn(caller -> caller.grants().isAdministrator())
          .hasSize(1);
    }
  }

  @Test
  void changes_areAudited() throws Exception {
    create("root", ADMIN);
    create("a", VERIFY);
    callers.update("a", ADMIN, NOW.plusSeconds(1), ACTOR);
    callers.disable("a", NOW.plusSeconds(2), ACTOR);

    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "CreateCaller", "", "root"),
            new AuditRecord(NOW, ACTOR, "CreateCaller", "", "a"),
            new AuditRecord(NOW.plusSeconds(1), ACTOR, "UpdateCaller", "", "a"),
            new AuditRecord(NOW.plusSeconds(2), ACTOR, "DisableCaller", "", "a"));
  }

  private Caller create(String name, Grants grants) {
    return create(name, grants, name);
  }

  private Caller create(String name, Grants grants, String key) {
    return callers.create(name, Samples.serviceKey(key), grants, NOW, ACTOR);
  }

  private static Grants grants(String realm, Permission permission) {
    return Grants.of(Map.of(realm, EnumSet.of(permission)));
  }

  private static void assertSame(Caller actual, Caller expected) {
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.name()).isEqualTo(expected.name());
    assertThat(actual.grants().bits()).isEqualTo(expected.grants().bits());
    assertThat(actual.grants().signKeys()).isEqualTo(expected.grants().signKeys());
    assertThat(actual.createTime()).isEqualTo(expected.createTime());
    assertThat(actual.disableTime()).isEqualTo(expected.disableTime());
  }

  private static void assertRefused(Refusal refusal, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }
}
