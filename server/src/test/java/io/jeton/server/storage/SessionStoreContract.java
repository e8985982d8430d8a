package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.NewSession;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionChange;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link SessionStore} promises. */
abstract class SessionStoreContract {
  private static final Instant END = NOW.plusSeconds(3600);
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final byte[] DATA = bytes("sealed");
  private static final Optional<AccountId> NOBODY = Optional.empty();

  private SessionStore sessions;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    sessions = store().sessions();
    realm = realm("default");
    other = realm("other");
  }

  @Test
  void create_givesTheSession_asFindDoes_withItsData() throws Exception {
    AccountId account = account("seven", false, false);

    Session created = create("sid", Optional.of(account), END);

    assertThat(created).isEqualTo(new Session(realm, created.id(), Optional.of(account), NOW, END));
    assertThat(found("sid").session()).isEqualTo(created);
    assertThat(found("sid").data()).isEqualTo(DATA);
    assertThat(sessions.find(realm, created.id())).contains(created);
    assertThat(sessions.find(other, created.id())).isEmpty();
    assertThat(sessions.find(lookup(other, "sid"))).isEmpty();
    assertThat(lastRecord())
        .isEqualTo(
            new AuditRecord(NOW, ACTOR, "CreateSession", "default", created.id().toString()));
  }

  @Test
  void create_takesOnlyAnActiveAccount_orNone() throws Exception {
    assertThat(create("nobody's", NOBODY, END).account()).isEmpty();
    assertRefused(
        Refusal.ACCOUNT_NOT_FOUND, () -> create("a", Optional.of(new AccountId(4711)), END));
    AccountId disabled = account("disabled", true, false);
    AccountId banned = account("banned", false, true);
    assertRefused(Refusal.ACCOUNT_INACTIVE, () -> create("b", Optional.of(disabled), END));
    assertRefused(Refusal.ACCOUNT_INACTIVE, () -> create("c", Optional.of(banned), END));
    for (String sid : List.of("a", "b", "c")) {
      assertThat(sessions.find(lookup(realm, sid))).isEmpty();
    }
  }

  @Test
  void create_refusesALiveSid_andReplacesOneThatHasExpired_atExactExpiry() {
    Session first = create("sid", NOBODY, NOW.plusSeconds(10));

    assertRefused(
        Refusal.SESSION_EXISTS,
        () -> sessions.create(realm, session("sid", END), NOW.plusSeconds(9), ACTOR));
    Session second = sessions.create(realm, session("sid", END), NOW.plusSeconds(10), ACTOR);

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.createTime()).isEqualTo(NOW.plusSeconds(10));
    assertThat(found("sid").session()).isEqualTo(second);
    assertThat(sessions.find(realm, first.id())).isEmpty();
    assertThat(create(other, "sid", END).realm()).isEqualTo(other);
  }

  @Test
  void create_ofOneSidAtOnce_hasOneWinner() throws Exception {
    var outcomes = Race.run(8, n -> () -> sessions.create(realm, session("sid", END), NOW, ACTOR));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .extracting(outcome -> ((RefusedException) outcome.thrown()).refusal())
        .containsOnly(Refusal.SESSION_EXISTS);
  }

  @Test
  void update_changesWhatItIsGiven_andLeavesTheRest() throws Exception {
    AccountId account = account("seven", false, false);
    SessionId id = create("sid", NOBODY, END).id();

    Session named = update(id, change(Optional.of(Optional.of(account)), null, null));
    assertThat(named).isEqualTo(new Session(realm, id, Optional.of(account), NOW, END));
    assertThat(found("sid").data()).isEqualTo(DATA);
    assertThat(lastRecord().action()).isEqualTo("UpdateSession");
    assertThat(lastRecord().at()).isEqualTo(LATER);

    assertThat(update(id, change(Optional.empty(), "new", null))).isEqualTo(named);
    assertThat(found("sid").data()).isEqualTo(bytes("new"));

    assertThat(update(id, change(Optional.of(NOBODY), null, LATER)))
        .isEqualTo(new Session(realm, id, NOBODY, NOW, LATER));
    assertThat(found("sid").data()).isEqualTo(bytes("new"));
  }

  @Test
  void update_thatChangesNothing_leavesNoTrace() throws Exception {
    Session created = create("sid", NOBODY, END);
    int records = store().audit().size();

    Session same = update(created.id(), change(Optional.of(NOBODY), null, END));

    assertThat(same).isEqualTo(created);
    assertThat(store().audit()).hasSize(records);
  }

  @Test
  void update_refusesWhatIsNotThere() throws Exception {
    SessionId id = create("sid", NOBODY, END).id();
    AccountId banned = account("banned", false, true);

    assertRefused(
        Refusal.SESSION_NOT_FOUND,
        () -> update(new SessionId(id.value() + 1), change(Optional.empty(), "x", null)));
    assertRefused(
        Refusal.SESSION_NOT_FOUND,
        () -> sessions.update(other, id, change(Optional.empty(), "x", null), LATER, ACTOR));
    assertRefused(
        Refusal.ACCOUNT_NOT_FOUND,
        () -> update(id, change(Optional.of(Optional.of(new AccountId(4711))), null, null)));
    assertRefused(
        Refusal.ACCOUNT_INACTIVE,
        () -> update(id, change(Optional.of(Optional.of(banned)), null, null)));
    assertThat(found("sid").data()).isEqualTo(DATA);
    assertThat(found("sid").session().account()).isEmpty();
  }

  @Test
  void destroy_removesTheSessionOfItsRealm_once() throws Exception {
    SessionId id = create("sid", NOBODY, END).id();

    assertThat(sessions.destroy(other, id, LATER, ACTOR)).isFalse();
    assertThat(sessions.destroy(realm, id, LATER, ACTOR)).isTrue();
    assertThat(lastRecord())
        .isEqualTo(new AuditRecord(LATER, ACTOR, "DestroySession", "default", id.toString()));
    int records = store().audit().size();
    assertThat(sessions.destroy(realm, id, LATER, ACTOR)).isFalse();

    assertThat(store().audit()).hasSize(records);
    assertThat(sessions.find(lookup(realm, "sid"))).isEmpty();
    assertThat(sessions.find(realm, id)).isEmpty();
  }

  @Test
  void destroyAll_removesThoseOfItsRealm_howeverMany_withOneRecord() throws Exception {
    for (int n = 0; n < 501; n++) {
      create("sid" + n, NOBODY, END);
    }
    create(other, "sid0", END);
    int records = store().audit().size();

    assertThat(sessions.destroyAll(realm, LATER, ACTOR)).isEqualTo(501);
    assertThat(store().audit()).hasSize(records + 1);
    assertThat(lastRecord())
        .isEqualTo(new AuditRecord(LATER, ACTOR, "DestroySession", "default", "realm"));
    assertThat(sessions.find(lookup(realm, "sid0"))).isEmpty();
    assertThat(sessions.find(lookup(realm, "sid500"))).isEmpty();
    assertThat(sessions.find(lookup(other, "sid0"))).isPresent();
    assertThat(sessions.destroyAll(realm, LATER, ACTOR)).isZero();
  }

  @Test
  void slide_movesEnds_onlyToLaterOnes_andBringsNothingBack() throws Exception {
    SessionId a = create("a", NOBODY, END).id();
    SessionId b = create("b", NOBODY, END).id();
    SessionId gone = create("gone", NOBODY, END).id();
    sessions.destroy(realm, gone, NOW, ACTOR);
    int records = store().audit().size();

    sessions.slide(Map.of());
    sessions.slide(Map.of(a, END.plusSeconds(5), b, END.minusSeconds(5), gone, END.plusSeconds(5)));

    assertThat(found("a").session().expireTime()).isEqualTo(END.plusSeconds(5));
    assertThat(found("a").data()).isEqualTo(DATA);
    assertThat(found("b").session().expireTime()).isEqualTo(END);
    assertThat(sessions.find(realm, gone)).isEmpty();
    assertThat(store().audit()).hasSize(records);
    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void list_givesTheLiveSessionsOfAnAccount_pageByPage_theOldestFirst() throws Exception {
    AccountId account = account("seven", false, false);
    AccountId another = account("eight", false, false);
    List<SessionId> ids =
        IntStream.range(0, 5)
            .mapToObj(n -> create("s" + n, Optional.of(account), END.plusSeconds(n)).id())
            .toList();
    create("another's", Optional.of(another), END);
    create("nobody's", NOBODY, END);

    assertThat(list(account, Optional.empty(), NOW, 10)).isEqualTo(ids);
    assertThat(list(account, Optional.empty(), NOW, 2)).isEqualTo(ids.subList(0, 2));
    assertThat(list(account, Optional.of(ids.get(1)), NOW, 2)).isEqualTo(ids.subList(2, 4));
    // The first ends at exactly this instant.
    assertThat(list(account, Optional.empty(), END, 10)).isEqualTo(ids.subList(1, 5));
    assertThat(sessions.list(other, account, Optional.empty(), NOW, 10)).isEmpty();
  }

  @Test
  void put_adds_changes_andLeavesWhatIsTheSame() throws Exception {
    AccountId banned = account("banned", false, true);

    assertThat(put("sid", Optional.of(banned), "one", NOW.minusSeconds(1)))
        .isEqualTo(Imported.CREATED);
    assertThat(lastRecord().action()).isEqualTo("ImportSession");
    int records = store().audit().size();
    assertThat(put("sid", Optional.of(banned), "one", NOW.minusSeconds(1)))
        .isEqualTo(Imported.UNCHANGED);
    assertThat(store().audit()).hasSize(records);

    assertThat(put("sid", Optional.of(banned), "two", END)).isEqualTo(Imported.CHANGED);
    assertThat(found("sid").data()).isEqualTo(bytes("two"));
    assertThat(found("sid").session().expireTime()).isEqualTo(END);
    assertThat(put("sid", NOBODY, "two", END)).isEqualTo(Imported.CHANGED);
    assertThat(found("sid").session().account()).isEmpty();
    assertThat(store().audit()).hasSize(records + 2);
  }

  @Test
  void put_neverLetsASessionEndEarlier() {
    put("sid", NOBODY, "one", END);

    assertThat(put("sid", NOBODY, "one", NOW)).isEqualTo(Imported.UNCHANGED);
    assertThat(put("sid", NOBODY, "two", NOW)).isEqualTo(Imported.CHANGED);

    assertThat(found("sid").session().expireTime()).isEqualTo(END);
    assertThat(found("sid").data()).isEqualTo(bytes("two"));
  }

  private Imported put(String sid, Optional<AccountId> account, String data, Instant end) {
    return sessions.put(
        realm,
        new NewSession(lookup(realm, sid), account, bytes(data), end),
        present -> Arrays.equals(present, bytes(data)),
        NOW,
        ACTOR);
  }

  private Session create(String sid, Optional<AccountId> account, Instant end) {
    return sessions.create(
        realm, new NewSession(lookup(realm, sid), account, DATA, end), NOW, ACTOR);
  }

  private Session create(Realm in, String sid, Instant end) {
    return sessions.create(in, new NewSession(lookup(in, sid), NOBODY, DATA, end), NOW, ACTOR);
  }

  private NewSession session(String sid, Instant end) {
    return new NewSession(lookup(realm, sid), NOBODY, DATA, end);
  }

  private Session update(SessionId id, SessionChange change) {
    return sessions.update(realm, id, change, LATER, ACTOR).session();
  }

  private static SessionChange change(
      Optional<Optional<AccountId>> account, String data, Instant end) {
    return new SessionChange(
        account, Optional.ofNullable(data).map(text -> bytes(text)), Optional.ofNullable(end));
  }

  private List<SessionId> list(
      AccountId account, Optional<SessionId> after, Instant now, int limit) {
    return sessions.list(realm, account, after, now, limit).stream().map(Session::id).toList();
  }

  private SessionStore.Sealed found(String sid) {
    return sessions.find(lookup(realm, sid)).orElseThrow();
  }

  private AccountId account(String name, boolean disabled, boolean banned) throws Exception {
    return store()
        .accounts()
        .create(
            realm,
            new NewAccount(
                Optional.empty(),
                new Account.Names(
                    Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                disabled,
                banned,
                "{}"),
            NOW,
            ACTOR)
        .id();
  }

  private AuditRecord lastRecord() throws Exception {
    List<AuditRecord> audit = store().audit();
    return audit.get(audit.size() - 1);
  }

  private Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Lookup lookup(Realm realm, String sid) {
    return Lookups.ofSession(realm.name(), sid);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(Refusal refusal, ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).as("the call was to be refused").isNotNull();
    assertThat(refused.refusal()).isEqualTo(refusal);
  }
}
