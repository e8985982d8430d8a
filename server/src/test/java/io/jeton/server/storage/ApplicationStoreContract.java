package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationChange;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.ApplicationStore.NewApplication;
import io.jeton.server.domain.ApplicationStore.SealedApplication;
import io.jeton.server.domain.Realm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ApplicationStore} promises. */
abstract class ApplicationStoreContract {
  private static final Instant LATER = NOW.plusSeconds(60);

  private ApplicationStore applications;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    applications = store().applications();
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = store().realms().all().get(0);
    other = store().realms().all().get(1);
  }

  @Test
  void create_keepsEverything_andIsNoted() throws Exception {
    Application created =
        applications.create(
            realm,
            new NewApplication("app~1", 2, "public é", true, bytes(1), bytes(2)),
            NOW,
            ACTOR);

    assertThat(created.id()).isPositive();
    assertThat(created)
        .isEqualTo(
            new Application(
                created.id(), realm, "app~1", 2, "public é", Optional.of(NOW), NOW, NOW));
    SealedApplication sealed = applications.find(realm, "app~1").orElseThrow();
    assertThat(sealed.application()).isEqualTo(created);
    assertThat(sealed.accessKey()).isEqualTo(bytes(1));
    assertThat(sealed.pushSecret()).isEqualTo(bytes(2));
    assertThat(applications.all()).hasSize(1);
    assertThat(applications.find(other, "app~1")).isEmpty();
    assertThat(applications.find(realm, "APP~1")).isEmpty();
    assertThat(store().applicationRevisions()).containsExactly(created.id());
    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "CreateApplication", "default", "" + created.id()));
  }

  @Test
  void create_refusesAnAppIdThatIsThere_inTheRealm() {
    create(realm, "app");
    create(realm, "APP");
    create(other, "app");

    assertThatThrownBy(() -> create(realm, "app")).hasMessage("APPLICATION_EXISTS");
    assertThat(applications.all()).hasSize(3);
  }

  @Test
  void create_letsOneWin_whenThreadsCreateOneAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> create(realm, "app"));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(outcome -> assertThat(outcome.thrown()).hasMessage("APPLICATION_EXISTS"));
    assertThat(applications.all()).hasSize(1);
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void list_isByAppId_pageByPage_ofOneRealm() {
    List.of("b", "a", "B", "c").forEach(appId -> create(realm, appId));
    create(other, "x");

    assertThat(applications.list(realm, Optional.empty(), 2))
        .extracting(Application::appId)
        .containsExactly("B", "a");
    assertThat(applications.list(realm, Optional.of("a"), 9))
        .extracting(Application::appId)
        .containsExactly("b", "c");
    assertThat(applications.all())
        .extracting(each -> each.application().appId())
        .containsExactly("B", "a", "b", "c", "x");
  }

  @Test
  void update_changesWhatIsGiven_andKeepsTheRest() throws Exception {
    int id = create(realm, "app").id();

    Application first =
        update(Optional.of(3), Optional.of("key"), Optional.of(bytes(9)), Optional.of(true));
    Application second =
        update(Optional.empty(), Optional.of(""), Optional.empty(), Optional.of(false));

    assertThat(first)
        .isEqualTo(new Application(id, realm, "app", 3, "key", Optional.of(LATER), NOW, LATER));
    assertThat(second)
        .isEqualTo(new Application(id, realm, "app", 3, "", Optional.empty(), NOW, LATER));
    SealedApplication sealed = applications.find(realm, "app").orElseThrow();
    assertThat(sealed.accessKey()).isEqualTo(bytes(9));
    assertThat(sealed.pushSecret()).isEqualTo(bytes(2));
    assertThat(store().applicationRevisions()).containsOnly(id).hasSize(3);
    assertThat(store().audit())
        .last()
        .isEqualTo(new AuditRecord(LATER, ACTOR, "UpdateApplication", "default", "" + id));
  }

  @Test
  void update_thatChangesNothing_leavesNoTrace() throws Exception {
    Application app = create(realm, "app");

    assertThat(update(Optional.of(0), Optional.of(""), Optional.empty(), Optional.of(false)))
        .isEqualTo(app);
    assertThat(store().audit()).hasSize(1);
    assertThat(store().applicationRevisions()).hasSize(1);
  }

  @Test
  void update_refusesWhatIsNotThere() {
    create(other, "app");

    assertThatThrownBy(
            () -> update(Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty()))
        .hasMessage("APPLICATION_NOT_FOUND");
  }

  private Application create(Realm in, String appId) {
    return applications.create(
        in, new NewApplication(appId, 0, "", false, bytes(1), bytes(2)), NOW, ACTOR);
  }

  private Application update(
      Optional<Integer> encryptType,
      Optional<String> publicKey,
      Optional<byte[]> accessKey,
      Optional<Boolean> disabled) {
    return applications.update(
        realm,
        "app",
        new ApplicationChange(encryptType, publicKey, accessKey, disabled),
        LATER,
        ACTOR);
  }

  private static byte[] bytes(int value) {
    return new byte[] {(byte) value, 0, -1};
  }
}
