package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountImports.Applied;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AccountImports} promises. */
abstract class AccountImportsContract {
  private static final Secret HASH =
      Secret.of("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");

  private AccountImports imports;
  private Realm realm;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    imports = store().accountImports();
    realm = store().realms().all().get(0);
  }

  private static ImportedAccount account(int id, String name, String email) {
    return account(Optional.of(new AccountId(id)), Optional.of(name), Optional.of(email));
  }

  private static ImportedAccount account(
      Optional<AccountId> id, Optional<String> name, Optional<String> email) {
    return new ImportedAccount(
        id,
        new Account.Names(name, email, Optional.empty(), Optional.empty()),
        Optional.of(HASH),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ImportedAccount banned(ImportedAccount account) {
    return new ImportedAccount(
        account.id(),
        account.names(),
        account.passwordHash(),
        Optional.of(false),
        Optional.of(true),
        account.profile());
  }

  private Applied apply(ImportedAccount... records) {
    return imports.apply(realm, List.of(records), NOW, ACTOR, ending -> {});
  }

  private Credentials byId(int id) throws Exception {
    return store().accounts().credentials(realm, AccountRef.of(new AccountId(id))).orElseThrow();
  }

  @Test
  void apply_addsChangesAndLeaves_inOrder() throws Exception {
    Applied first = apply(account(1, "A", "a@e.org"), account(5, "B", "b@e.org"));
    Applied second =
        apply(
            account(1, "A", "a@e.org"),
            account(5, "B", "new@e.org"),
            account(Optional.empty(), Optional.of("C"), Optional.of("b@e.org")),
            account(Optional.empty(), Optional.of("c"), Optional.empty()));

    assertThat(first.outcomes()).containsExactly(Imported.CREATED, Imported.CREATED);
    assertThat(second.taken()).isEmpty();
    assertThat(second.outcomes())
        .containsExactly(Imported.UNCHANGED, Imported.CHANGED, Imported.CREATED, Imported.CHANGED);
    assertThat(byId(5).account().names().email()).contains("new@e.org");
    assertThat(byId(6).account().names())
        .isEqualTo(
            new Account.Names(
                Optional.of("c"), Optional.of("b@e.org"), Optional.empty(), Optional.empty()));
    assertThat(byId(6).passwordHash()).contains(HASH);
    assertThat(byId(6).account().profile()).isEqualTo("{}");
    assertThat(store().audit())
        .extracting(AuditRecord::action, AuditRecord::target)
        .containsExactly(
            tuple("ImportAccount", "1"),
            tuple("ImportAccount", "5"),
            tuple("ImportAccount", "5"),
            tuple("ImportAccount", "6"),
            tuple("ImportAccount", "6"));
  }

  @Test
  void apply_endsBeforeWhatIsTaken_andKeepsTheRest() throws Exception {
    Applied applied =
        apply(
            account(1, "A", "a@e.org"),
            account(2, "B", "b@e.org"),
            account(3, "C", "A@E.org"),
            account(4, "D", "d@e.org"));

    assertThat(applied)
        .isEqualTo(new Applied(List.of(Imported.CREATED, Imported.CREATED), Optional.of("email")));
    assertThat(store().accounts().list(realm, Optional.empty(), 10)).hasSize(2);
    assertThat(store().audit()).hasSize(2);
  }

  @Test
  void apply_changesNothing_whenTheFirstIsTaken() throws Exception {
    apply(account(1, "A", "a@e.org"));

    assertThat(apply(account(2, "a", "b@e.org")))
        .isEqualTo(new Applied(List.of(), Optional.of("name")));
    assertThat(store().accounts().list(realm, Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void apply_endsTheTokens_ofWhoIsBannedByIt() throws Exception {
    apply(account(1, "A", "a@e.org"));
    Ties ties = new Ties("", new AccountId(1), null, 0);
    Token token =
        Samples.token(
            realm,
            1,
            "t1",
            new Token.Attributes(
                "access", "1", Scopes.of(List.of()), "", Optional.empty(), Optional.empty(), ties));
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    List<Lookup> ended = new ArrayList<>();

    Applied applied =
        imports.apply(realm, List.of(banned(account(1, "A", "a@e.org"))), NOW, ACTOR, ended::add);
    Applied again =
        imports.apply(realm, List.of(banned(account(1, "A", "a@e.org"))), NOW, ACTOR, ended::add);

    assertThat(applied.outcomes()).containsExactly(Imported.CHANGED);
    assertThat(again.outcomes()).containsExactly(Imported.UNCHANGED);
    assertThat(ended).containsExactly(token.lookup());
    assertThat(store().tokenReader().byId(realm, token.id()).orElseThrow().revokeTime())
        .contains(NOW);
    assertThat(store().revisions()).contains(token.lookup());
  }

  @Test
  void apply_leavesWhatIsNotSaid_ofWhoWasBannedSince() throws Exception {
    apply(account(1, "A", "a@e.org"));
    apply(banned(account(1, "A", "a@e.org")));

    assertThat(apply(account(1, "A", "a@e.org")).outcomes()).containsExactly(Imported.UNCHANGED);
    assertThat(byId(1).account().isBanned()).isTrue();
  }

  @Test
  void apply_leavesAHash_thatHasReplacedTheImportedOne() throws Exception {
    Secret other = Secret.of("$2y$08$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
    Secret upgraded = Secret.of("$argon2id$upgraded");
    apply(account(1, "A", "a@e.org"));
    store().accounts().replaceHash(realm, new AccountId(1), HASH, upgraded);

    assertThat(apply(account(1, "A", "a@e.org")).outcomes()).containsExactly(Imported.UNCHANGED);
    assertThat(byId(1).passwordHash()).contains(upgraded);
    assertThat(apply(hashed(other)).outcomes()).containsExactly(Imported.CHANGED);
    assertThat(byId(1).passwordHash()).contains(other);
    assertThat(apply(account(1, "A", "a@e.org")).outcomes()).containsExactly(Imported.CHANGED);
    assertThat(byId(1).passwordHash()).contains(HASH);
  }

  @Test
  void apply_remembersAHash_thatIsThereAlready() throws Exception {
    Secret upgraded = Secret.of("$argon2id$upgraded");
    store().accounts().create(realm, account(1, "A", "a@e.org").toNew(), NOW, ACTOR);
    apply(account(1, "A", "a@e.org"));
    store().accounts().replaceHash(realm, new AccountId(1), HASH, upgraded);

    assertThat(apply(account(1, "A", "a@e.org")).outcomes()).containsExactly(Imported.UNCHANGED);
    assertThat(byId(1).passwordHash()).contains(upgraded);
  }

  private static ImportedAccount hashed(Secret hash) {
    return account(1, "A", "a@e.org").withPasswordHash(hash);
  }

  @Test
  void apply_addsEachOnce_whenThreadsAskAtOnce() throws Exception {
    List<ImportedAccount> records = new ArrayList<>();
    for (int n = 1; n <= 50; n++) {
      records.add(account(Optional.empty(), Optional.of("n" + n), Optional.of(n + "@e.org")));
      records.add(account(1_000 + n, "m" + n, "m" + n + "@e.org"));
    }

    var outcomes = Race.run(4, n -> () -> imports.apply(realm, records, NOW, ACTOR, ending -> {}));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).allMatch(each -> each.value().taken().isEmpty());
    assertThat(outcomes.stream().flatMap(each -> each.value().outcomes().stream()))
        .hasSize(400)
        .filteredOn(Imported.CREATED::equals)
        .hasSize(100);
    assertThat(store().accounts().list(realm, Optional.empty(), 1_000)).hasSize(100);
  }

  @Test
  void holders_areThoseOfAnyName() throws Exception {
    apply(account(1, "A", "a@e.org"), account(2, "B", "b@e.org"), account(3, "C", "c@e.org"));

    assertThat(
            imports.holders(
                realm,
                List.of(
                    account(1, "x", "y@e.org"),
                    account(Optional.empty(), Optional.of("b"), Optional.empty()))))
        .extracting(each -> each.account().id().value())
        .containsOnly(1L, 2L);
    assertThat(imports.holders(realm, List.of())).isEmpty();
  }
}
