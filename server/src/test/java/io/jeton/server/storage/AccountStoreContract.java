package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountRef.By;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AccountStore.Updated;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AccountStore} promises. */
abstract class AccountStoreContract {
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Secret BCRYPT =
      Secret.of("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
  private static final Secret ARGON2 =
      Secret.of(
          "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

  private AccountStore accounts;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    accounts = store().accounts();
    realm = realm("default");
    other = realm("other");
  }

  @Test
  void create_givesTheAccount_asFindDoes() {
    Account.Names names = names("Sëven ７", "Seven@Example.org", "+86 130", "10001");
    Account created =
        accounts.create(
            realm,
            new NewAccount(id(7), names, Optional.of(BCRYPT), false, false, "{\"a\": 1}"),
            NOW,
            ACTOR);

    assertThat(created)
        .isEqualTo(
            new Account(
                realm,
                new AccountId(7),
                names,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "{\"a\": 1}",
                NOW,
                NOW));
    assertThat(accounts.find(realm, AccountRef.of(new AccountId(7)))).contains(created);
    assertThat(accounts.credentials(realm, AccountRef.of(new AccountId(7))))
        .contains(new AccountStore.Credentials(created, Optional.of(BCRYPT), Optional.empty()));
  }

  @Test
  void create_keepsDisabledBannedAndPasswordless() {
    Account created =
        accounts.create(
            realm,
            new NewAccount(Optional.empty(), names("a"), Optional.empty(), true, true, "{}"),
            NOW,
            ACTOR);

    assertThat(created.disableTime()).contains(NOW);
    assertThat(created.banTime()).contains(NOW);
    assertThat(created.endTime()).contains(NOW);
    assertThat(created.hasPassword()).isFalse();
    assertThat(created.isActive()).isFalse();
    assertThat(accounts.credentials(realm, AccountRef.of(created.id())).orElseThrow())
        .isEqualTo(new AccountStore.Credentials(created, Optional.empty(), Optional.empty()));
  }

  @Test
  void create_ofAnInactiveAccount_isTheEndOfOlderTokens_alsoWhenItIsActiveLater() {
    for (boolean isBanned : new boolean[] {true, false}) {
      Account created =
          accounts.create(
              realm,
              new NewAccount(
                  Optional.empty(),
                  names("a" + isBanned),
                  Optional.empty(),
                  !isBanned,
                  isBanned,
                  "{}"),
              NOW,
              ACTOR);

      assertThat(created.endTime()).contains(NOW);
      assertThat(update(created, change().disabled(false).banned(false)).account().endTime())
          .contains(NOW);
    }
    assertThat(create("active").endTime()).isEmpty();
  }

  @Test
  void create_givesTheNextId_ofTheRealm() {
    assertThat(create("a").id()).isEqualTo(new AccountId(1));
    create(id(41), names("b"));
    assertThat(create("c").id()).isEqualTo(new AccountId(42));
    create(id(5), names("d"));
    assertThat(create("e").id()).isEqualTo(new AccountId(43));
    assertThat(accounts.create(other, account(Optional.empty(), names("a")), NOW, ACTOR).id())
        .isEqualTo(new AccountId(1));
  }

  @Test
  void create_refuses_whenThereIsNoNextId() {
    create(id(TokenId.MAX), names("a"));

    RefusedException refused = refused(() -> create("b"));

    assertThat(refused.refusal()).isEqualTo(Refusal.FIELD_INVALID);
    assertThat(refused.fields()).extracting(each -> each.field()).containsExactly("id");
  }

  @Test
  void create_givesEachThreadAnIdOfItsOwn() throws Exception {
    create(id(1_000), names("largest"));

    var outcomes =
        Race.run(
            16,
            n ->
                () -> {
                  List<AccountId> ids = new ArrayList<>();
                  for (int i = 0; i < 10; i++) {
                    Optional<AccountId> given = n % 4 == 0 ? id(n * 10 + i + 1) : Optional.empty();
                    ids.add(create(given, names(n + "-" + i)).id());
                  }
                  return ids;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes.stream().flatMap(outcome -> outcome.value().stream()))
        .hasSize(160)
        .doesNotHaveDuplicates();
  }

  @Test
  void create_refusesWhatIsTaken_byItsField_andChangesNothing() throws Exception {
    create(id(1), names("Seven", "seven@example.org", "130", "10001"));
    List<AuditRecord> audit = store().audit();

    assertTaken("id", () -> create(id(1), names("x")));
    assertTaken("name", () -> create(id(2), names("sEVEN")));
    assertTaken("name", () -> create(id(2), names("Ｓeven")));
    assertTaken("email", () -> create(id(2), names(null, "SEVEN@example.ORG", null, null)));
    assertTaken("phone", () -> create(id(2), names(null, null, "130", null)));
    assertTaken("qq", () -> create(Optional.empty(), names(null, null, null, "10001")));

    assertThat(accounts.list(realm, Optional.empty(), 10)).hasSize(1);
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void create_takesWhatOnlyLooksAlike() {
    create(id(1), names("seven", "a@example.org", "130", "10001"));

    create(id(2), names("seven ", "seven", "１30", "１0001"));
    create(id(3), names("séven", "130", "130 ", " 10001"));
    create(id(4), names(null, null, null, null));
    create(id(5), names(null, null, null, null));
    accounts.create(
        other, account(id(1), names("seven", "a@example.org", "130", "10001")), NOW, ACTOR);
  }

  @Test
  void create_letsOneWin_whenThreadsTakeTheSameName() throws Exception {
    var outcomes = Race.run(16, n -> () -> create(n % 2 == 0 ? "same" : "SAME"));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(
            outcome ->
                assertThat(((RefusedException) outcome.thrown()).refusal())
                    .isEqualTo(Refusal.ACCOUNT_EXISTS));
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void ensure_addsAnAccountThatHasTheNumberAlone_once() throws Exception {
    create(id(41), names("seven", null, "10001", null));

    AccountStore.Ensured added = accounts.ensure(realm, "10001", NOW, ACTOR);
    AccountStore.Ensured found = accounts.ensure(realm, "10001", LATER, ACTOR);

    assertThat(added.created()).isTrue();
    assertThat(found).isEqualTo(new AccountStore.Ensured(added.account(), false));
    assertThat(added.account().id().value()).isEqualTo(42);
    assertThat(added.account().names()).isEqualTo(names(null, null, null, "10001"));
    assertThat(added.account().hasPassword()).isFalse();
    assertThat(added.account().isActive()).isTrue();
    assertThat(store().audit())
        .extracting(AuditRecord::action, AuditRecord::target)
        .containsExactly(tuple("CreateAccount", "41"), tuple("EnsureAccount", "42"));
  }

  @Test
  void ensure_letsOneAdd_whenThreadsAskForOneNumber_oneOfThemByCreating() throws Exception {
    var outcomes =
        Race.run(
            16,
            n ->
                () ->
                    n == 0
                        ? create(id(1_000), names(null, null, null, "10001")).id()
                        : accounts.ensure(realm, "10001", NOW, ACTOR).account().id());

    assertThat(accounts.list(realm, Optional.empty(), 10)).hasSize(1);
    AccountId only = accounts.list(realm, Optional.empty(), 10).get(0).id();
    assertThat(outcomes)
        .filteredOn(Race.Outcome::isWon)
        .hasSizeGreaterThanOrEqualTo(15)
        .allSatisfy(outcome -> assertThat(outcome.value()).isEqualTo(only));
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void find_comparesNamesAndEmailsFolded_theRestExactly() {
    Account account = create(id(12), names("Ｓeven 七", "Seven@Example.org", "+86", "10001"));

    assertFound(account, By.ID, "12");
    assertFound(account, By.NAME, "seven 七");
    assertFound(account, By.NAME, "SEVEN 七");
    assertFound(account, By.EMAIL, "ｓeven@example.ORG");
    assertFound(account, By.PHONE, "+86");
    assertFound(account, By.QQ, "10001");
    for (String wrong : List.of("012", "0", "-12", "12 ", "1２", "", "99999999999999999999")) {
      assertMissing(By.ID, wrong);
    }
    assertMissing(By.NAME, "seven 七 ");
    assertMissing(By.NAME, "seven七");
    assertMissing(By.EMAIL, "seven@example.org ");
    assertMissing(By.PHONE, "＋86");
    assertMissing(By.QQ, "１0001");
    assertMissing(By.LOGIN, "10001");
    assertMissing(By.LOGIN, "12");
    assertThat(accounts.find(other, new AccountRef(By.NAME, "seven 七"))).isEmpty();
  }

  @Test
  void find_byLogin_takesTheEmail_thenThePhone_thenTheName() {
    Account byName = create(id(1), names("130", "x@y", null, null));
    assertFound(byName, By.LOGIN, "130");
    Account byPhone = create(id(2), names("b", null, "130", null));
    assertFound(byPhone, By.LOGIN, "130");
    Account byEmail = create(id(3), names("c", "130", null, null));
    assertFound(byEmail, By.LOGIN, "130");
    assertFound(byName, By.LOGIN, "X@Y");
    assertFound(byPhone, By.LOGIN, "B");
  }

  @Test
  void list_isOrderedById_andPaged() {
    for (long each : new long[] {30, 4, 200, 1}) {
      create(id(each), names("n" + each));
    }
    accounts.create(other, account(id(5), names("x")), NOW, ACTOR);

    assertThat(ids(accounts.list(realm, Optional.empty(), 10))).containsExactly(1L, 4L, 30L, 200L);
    assertThat(ids(accounts.list(realm, Optional.empty(), 2))).containsExactly(1L, 4L);
    assertThat(ids(accounts.list(realm, id(4), 2))).containsExactly(30L, 200L);
    assertThat(ids(accounts.list(realm, id(5), 1))).containsExactly(30L);
    assertThat(accounts.list(realm, id(200), 2)).isEmpty();
  }

  @Test
  void update_changesWhatIsGiven_andNothingElse() {
    Account before = create(id(1), names("a", "a@b", "1", "2"));

    Account named = update(before, change().name("b")).account();
    assertThat(named.names()).isEqualTo(names("b", "a@b", "1", "2"));
    assertThat(named.updateTime()).isEqualTo(LATER);
    assertThat(named.createTime()).isEqualTo(NOW);
    assertThat(update(named, change().email("").phone("")).account().names())
        .isEqualTo(names("b", null, null, "2"));
    Account profiled = update(named, change().profile("{\"x\":[]}")).account();
    assertThat(profiled.profile()).isEqualTo("{\"x\":[]}");
    assertThat(accounts.find(realm, new AccountRef(By.NAME, "B"))).contains(profiled);
    assertMissing(By.NAME, "a");
    assertMissing(By.EMAIL, "a@b");
  }

  @Test
  void update_setsAndTakesAwayThePassword() {
    Account account = create("a");

    assertThat(update(account, change().hash(ARGON2)).account().hasPassword()).isTrue();
    assertThat(hashOf(account)).contains(ARGON2);
    assertThat(update(account, change().hash(Secret.of(""))).account().hasPassword()).isFalse();
    assertThat(hashOf(account)).isEmpty();
  }

  @Test
  void update_freesTheNameThatWas_andKeepsItsOwn() {
    Account account = create("a");

    assertThat(update(account, change().name("A")).account().names().name()).contains("A");
    update(account, change().name("b"));
    create("a");
  }

  @Test
  void update_refusesWhatIsTaken_andChangesNothing() throws Exception {
    create(id(1), names("a", "a@b", "1", "2"));
    Account account = create("b");
    List<AuditRecord> audit = store().audit();

    assertTaken("name", () -> update(account, change().name("A")));
    assertTaken("email", () -> update(account, change().email("A@B")));
    assertTaken("phone", () -> update(account, change().phone("1")));
    assertTaken("qq", () -> update(account, change().qq("2").disabled(true)));

    assertThat(accounts.find(realm, AccountRef.of(account.id()))).contains(account);
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().accountRevisions()).isEmpty();
  }

  @Test
  void update_refusesUnknownAccounts() {
    create("a");

    for (AccountRef ref :
        List.of(
            new AccountRef(By.ID, "2"),
            new AccountRef(By.ID, "x"),
            new AccountRef(By.LOGIN, "b"))) {
      assertThat(
              refused(
                      () ->
                          accounts.update(
                              realm, ref, change().name("c").build(), NOW, ACTOR, any -> {}))
                  .refusal())
          .isEqualTo(Refusal.ACCOUNT_NOT_FOUND);
    }
  }

  @Test
  void update_thatChangesNothing_leavesNoTrace() throws Exception {
    Account account = create(id(1), names("a", "a@b", "1", "2"));
    List<AuditRecord> audit = store().audit();

    for (Change change :
        List.of(
            change(),
            change().name("a").email("a@b"),
            change().disabled(false).banned(false),
            change().hash(Secret.of("")),
            change().profile("{}"))) {
      assertThat(update(account, change)).isEqualTo(new Updated(account, 0));
    }

    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().accountRevisions()).isEmpty();
  }

  @Test
  void disabling_endsTheAccountsLiveTokens_andNoOthers() throws Exception {
    assertEnds(change().disabled(true));
  }

  @Test
  void banning_endsTheAccountsLiveTokens_andNoOthers() throws Exception {
    assertEnds(change().banned(true));
  }

  private void assertEnds(Change change) throws Exception {
    Account account = create("a");
    Account bystander = create("b");
    for (int n = 1; n <= 5; n++) {
      insert(realm, n, "T" + n, account);
    }
    insert(realm, 6, "T6", bystander);
    store()
        .tokenWriter()
        .insert(Samples.token(realm, 7, "T7", "1"), false, Optional.empty(), ACTOR);
    accounts.create(
        other,
        new NewAccount(Optional.of(account.id()), names("a"), Optional.empty(), false, false, "{}"),
        NOW,
        ACTOR);
    insert(other, 8, "T8", account);
    store().tokenWriter().revoke(realm, new TokenId(5), NOW, ACTOR, any -> {});
    List<AuditRecord> audit = store().audit();
    List<Lookup> revisions = store().revisions();
    List<Lookup> told = new ArrayList<>();

    Updated updated =
        accounts.update(
            realm, AccountRef.of(account.id()), change.build(), LATER, ACTOR, told::add);

    Lookup[] ended =
        Stream.of("T1", "T2", "T3", "T4")
            .map(secret -> Samples.lookup(realm, secret))
            .toArray(Lookup[]::new);
    assertThat(updated.ended()).isEqualTo(4);
    assertThat(updated.account().endTime()).contains(LATER);
    assertThat(updated.account().isActive()).isFalse();
    assertThat(told).containsExactlyInAnyOrder(ended);
    assertThat(store().revisions()).hasSize(revisions.size() + 4).contains(ended);
    assertThat(store().accountRevisions()).containsExactly(account.id());
    assertThat(store().audit()).hasSize(audit.size() + 1);
    for (int n = 1; n <= 8; n++) {
      Token token =
          store().tokenReader().byId(n == 8 ? other : realm, new TokenId(n)).orElseThrow();
      Optional<Instant> expected =
          n <= 4 ? Optional.of(LATER) : n == 5 ? Optional.of(NOW) : Optional.empty();
      assertThat(token.revokeTime()).as("token %d", n).isEqualTo(expected);
    }
  }

  @Test
  void makingActive_bringsNothingBack_andTellsNodes() throws Exception {
    Account account = create("a");
    insert(realm, 1, "T1", account);
    update(account, change().disabled(true).banned(true));

    Account active = update(account, change().disabled(false).banned(false)).account();

    assertThat(active.isActive()).isTrue();
    assertThat(active.endTime()).contains(LATER);
    assertThat(store().tokenReader().byId(realm, new TokenId(1)).orElseThrow().isRevoked())
        .isTrue();
    assertThat(store().accountRevisions()).containsExactly(account.id(), account.id());
  }

  @Test
  void disablingAgain_changesNothing() throws Exception {
    Account account = create("a");
    Account disabled = update(account, change().disabled(true)).account();

    assertThat(update(account, change().disabled(true))).isEqualTo(new Updated(disabled, 0));
  }

  @Test
  void tokenOfAnInactiveOrUnknownAccount_isRefused() throws Exception {
    Account disabled = create("a");
    Account banned = create("b");
    update(disabled, change().disabled(true));
    update(banned, change().banned(true));

    assertThatThrownBy(() -> insert(realm, 1, "T1", disabled)).hasMessage("ACCOUNT_INACTIVE");
    assertThatThrownBy(() -> insert(realm, 1, "T1", banned)).hasMessage("ACCOUNT_INACTIVE");
    assertThatThrownBy(() -> insert(other, 1, "T1", disabled)).hasMessage("ACCOUNT_NOT_FOUND");
    assertThat(store().tokenReader().byId(realm, new TokenId(1))).isEmpty();
  }

  @Test
  void replaceHash_isDoneOnce_andIsNoChangeOfTheAccount() throws Exception {
    Account account =
        accounts.create(
            realm,
            new NewAccount(id(1), names("a"), Optional.of(BCRYPT), false, false, "{}"),
            NOW,
            ACTOR);
    List<AuditRecord> audit = store().audit();

    assertThat(accounts.replaceHash(realm, account.id(), ARGON2, BCRYPT)).isFalse();
    assertThat(accounts.replaceHash(other, account.id(), BCRYPT, ARGON2)).isFalse();
    assertThat(accounts.replaceHash(realm, account.id(), BCRYPT, ARGON2)).isTrue();
    assertThat(accounts.replaceHash(realm, account.id(), BCRYPT, ARGON2)).isFalse();

    assertThat(accounts.credentials(realm, AccountRef.of(account.id())))
        .contains(new AccountStore.Credentials(account, Optional.of(ARGON2), Optional.empty()));
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().accountRevisions()).isEmpty();
  }

  @Test
  void sampleSchemes_countsWhatHashesBeginWith_inTheRealm() {
    for (int n = 1; n <= 30; n++) {
      Optional<Secret> hash =
          n % 3 == 0 ? Optional.empty() : Optional.of(n % 3 == 1 ? BCRYPT : ARGON2);
      accounts.create(
          realm, new NewAccount(id(n * n), names("n" + n), hash, false, false, "{}"), NOW, ACTOR);
    }
    accounts.create(
        other,
        new NewAccount(id(1), names("x"), Optional.of(ARGON2), false, false, "{}"),
        NOW,
        ACTOR);

    assertThat(accounts.sampleSchemes(realm))
        .isEqualTo(Map.of("$2y$07", 10, "$argon2id$v=19$m=256,t=2,p=1", 10));
    assertThat(accounts.sampleSchemes(other)).isEqualTo(Map.of("$argon2id$v=19$m=256,t=2,p=1", 1));
  }

  @Test
  void everyWrite_hasOneRecord() throws Exception {
    Account account = create("a");
    update(account, change().name("b"));
    update(account, change().banned(true));

    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "CreateAccount", "default", "1"),
            new AuditRecord(LATER, ACTOR, "UpdateAccount", "default", "1"),
            new AuditRecord(LATER, ACTOR, "UpdateAccount", "default", "1"));
  }

  private Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Account create(String name) {
    return create(Optional.empty(), names(name));
  }

  private Account create(Optional<AccountId> id, Account.Names names) {
    return accounts.create(realm, account(id, names), NOW, ACTOR);
  }

  private static NewAccount account(Optional<AccountId> id, Account.Names names) {
    return new NewAccount(id, names, Optional.empty(), false, false, "{}");
  }

  private Updated update(Account account, Change change) {
    return accounts.update(
        realm, AccountRef.of(account.id()), change.build(), LATER, ACTOR, any -> {});
  }

  private void insert(Realm in, long id, String secret, Account account) throws Exception {
    Token.Attributes attributes =
        new Token.Attributes(
            "access",
            account.id().subject(),
            Scopes.NONE,
            "",
            Optional.empty(),
            Optional.empty(),
            new Ties("", account.id(), null, 0));
    store()
        .tokenWriter()
        .insert(Samples.token(in, id, secret, attributes), false, Optional.empty(), ACTOR);
  }

  private Optional<Secret> hashOf(Account account) {
    return accounts.credentials(realm, AccountRef.of(account.id())).orElseThrow().passwordHash();
  }

  private void assertFound(Account account, By by, String text) {
    assertThat(accounts.find(realm, new AccountRef(by, text))).as(text).contains(account);
  }

  private void assertMissing(By by, String text) {
    assertThat(accounts.find(realm, new AccountRef(by, text))).as(text).isEmpty();
  }

  private static void assertTaken(String field, ThrowingCallable call) {
    RefusedException refused = refused(call);
    assertThat(refused.refusal()).isEqualTo(Refusal.ACCOUNT_EXISTS);
    assertThat(refused.fields()).extracting(each -> each.field()).containsExactly(field);
  }

  private static RefusedException refused(ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).as("the call was to be refused").isNotNull();
    return refused;
  }

  private static List<Long> ids(List<Account> listed) {
    return listed.stream().map(account -> account.id().value()).toList();
  }

  private static Optional<AccountId> id(long value) {
    return Optional.of(new AccountId(value));
  }

  private static Account.Names names(String name) {
    return names(name, null, null, null);
  }

  private static Account.Names names(String name, String email, String phone, String qq) {
    return new Account.Names(
        Optional.ofNullable(name),
        Optional.ofNullable(email),
        Optional.ofNullable(phone),
        Optional.ofNullable(qq));
  }

  private static Change change() {
    return new Change();
  }

  /** Collects an {@link AccountChange}. */
  private static final class Change {
    private Optional<String> name = Optional.empty();
    private Optional<String> email = Optional.empty();
    private Optional<String> phone = Optional.empty();
    private Optional<String> qq = Optional.empty();
    private Optional<Secret> hash = Optional.empty();
    private Optional<Boolean> disabled = Optional.empty();
    private Optional<Boolean> banned = Optional.empty();
    private Optional<String> profile = Optional.empty();

    Change name(String text) {
      name = Optional.of(text);
      return this;
    }

    Change email(String text) {
      email = Optional.of(text);
      return this;
    }

    Change phone(String text) {
      phone = Optional.of(text);
      return this;
    }

    Change qq(String text) {
      qq = Optional.of(text);
      return this;
    }

    Change hash(Secret text) {
      hash = Optional.of(text);
      return this;
    }

    Change disabled(boolean is) {
      disabled = Optional.of(is);
      return this;
    }

    Change banned(boolean is) {
      banned = Optional.of(is);
      return this;
    }

    Change profile(String text) {
      profile = Optional.of(text);
      return this;
    }

    AccountChange build() {
      return new AccountChange(name, email, phone, qq, hash, disabled, banned, profile);
    }
  }
}
